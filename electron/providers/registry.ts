import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { RefusedError } from '#shared/errors.ts'
import {
  type CatalogueAgent,
  type KeyTrial,
  type ModelOffers,
  type ProviderId,
  type ProviderStatus,
  providerName,
} from '#shared/provider.ts'
import { createAcpProvider } from './acp/acp.ts'
import type { AcpAgent, ModelApi } from './acp/agent.ts'
import { createAgentFinder } from './acp/detect.ts'
import { listCatalogue } from './agent-catalogue.ts'
import { createAnthropicProvider } from './anthropic.ts'
import { ACP_AGENTS } from './catalogue.ts'
import { createClaudeAgentProvider } from './claude-agent/claude-agent.ts'
import { findSdk } from './claude-agent/find-sdk.ts'
import { installSdk, removeSdk } from './claude-agent/install.ts'
import { offersOf } from './model-offers.ts'
import type { Provider } from './provider.ts'
import { createScriptedProvider } from './scripted/scripted.ts'
import { tryKey } from './try-key.ts'

/** All that can do the thinking. */
export interface Providers {
  get(id: ProviderId): Provider
  /** Those that are always there, and the agents that are known to be on this machine. Starts no process. */
  statuses(): Promise<ProviderStatus[]>
  /** All, with what was found of them; `refresh` looks again. Asks programs for their versions. */
  catalogue(options: { refresh: boolean }, signal: AbortSignal): Promise<CatalogueAgent[]>
  models(id: ProviderId, signal: AbortSignal): Promise<ModelOffers>
  /** Whether the API takes the key. */
  tryKey(signal: AbortSignal): Promise<KeyTrial>
  /** Of those that the app can install by itself. `report` is told how many parts have come. */
  install(id: ProviderId, report: (parts: number) => void, signal: AbortSignal): Promise<void>
  /** Takes away what `install` has brought. */
  remove(id: ProviderId): Promise<void>
}

export interface ProvidersOptions {
  credentials: { key(): string | null; heard?(key: string, status: number): void }
  /** Where the Messages API is; null for Anthropic's own. */
  baseUrl?: string | null
  /** Keeps agents that are installed and what they remember, absolute. */
  folder?: string
  /** Whether the gateway has a key for this API; by default for Anthropic's, when there is a key. */
  hasKey?: (api: ModelApi) => boolean
  /** The agents that speak ACP; others than the app's in tests. */
  agents?: readonly AcpAgent[]
  version?: string
  instanceId?: string
  newId?: () => string
  /** Waits so many milliseconds; rejects when aborted. Also the pace of the demo: tests hand in one that is quick. */
  delay?: (ms: number, signal: AbortSignal) => Promise<void>
  /** Chance, from 0 to 1. */
  random?: () => number
  /** Milliseconds of a clock that only goes forward. */
  clock?: () => number
}

export function createProviders(options: ProvidersOptions): Providers {
  const { credentials, baseUrl, version = '0.0.0', agents = ACP_AGENTS } = options
  const folder = options.folder ?? join(tmpdir(), 'agent-rangers-agents')
  const newId = options.newId ?? randomUUID
  const delay = options.delay ?? (async (ms, signal) => wait(ms, undefined, { signal }))
  const hasKey = options.hasKey ?? ((api) => api === 'anthropic' && credentials.key() !== null)
  const finder = createAgentFinder(options.clock ?? (() => performance.now()))
  const sdk = () => findSdk(folder)

  const access = () => {
    const apiKey = credentials.key()
    const heard = (status: number) => apiKey !== null && credentials.heard?.(apiKey, status)
    return apiKey === null ? null : { apiKey, heard, ...(baseUrl ? { baseUrl } : {}) }
  }
  const anthropic = createAnthropicProvider({
    credentials: async () => access(),
    newId,
    delay,
    random: options.random ?? Math.random,
  })
  const claudeAgent = createClaudeAgentProvider({
    folder,
    find: sdk,
    hasKey: () => hasKey('anthropic'),
    models: async (signal) => anthropic.models?.(signal) ?? [],
    newId,
  })
  const scripted = createScriptedProvider({ newId, delay })
  const spoken = agents.map((agent) => ({
    agent,
    provider: createAcpProvider(agent, { folder, find: finder.find, hasKey, newId, version }),
  }))
  const providers: readonly Provider[] = [
    anthropic,
    claudeAgent,
    ...spoken.map(({ provider }) => provider),
    scripted,
  ]
  const get = (id: ProviderId) => providers.find((one) => one.id === id) ?? unknown(id)
  const builtIn = () => Promise.all([anthropic.status(), scripted.status()])
  return {
    get,
    async statuses() {
      const here = await Promise.all(spoken.map(({ agent }) => finder.isThere(agent)))
      const found = spoken.filter((_one, at) => here[at]).map(({ agent }) => statusOf(agent))
      const [[key, demo], agent] = await Promise.all([builtIn(), claudeAgent.status()])
      return [key, ...(agent.available ? [agent] : []), ...found, demo]
    },
    async catalogue({ refresh }, signal) {
      if (refresh) finder.forget()
      const sources = { agents, finder, findSdk: sdk, hasKey, builtIn, sdkStatus: () => claudeAgent.status() }
      return listCatalogue(sources, signal)
    },
    models: (id, signal) => offersOf(get(id), hasKey('anthropic'), signal),
    async tryKey(signal) {
      const credentials = access()
      if (!credentials) throw new RefusedError('NO_KEY', 'There is no key to try. Set one first.')
      return tryKey(credentials, signal)
    },
    async install(id, report, signal) {
      if (id !== 'claude-agent') throw notOurs(id)
      await installSdk({ folder, instanceId: options.instanceId ?? newId(), report, signal })
    },
    async remove(id) {
      if (id !== 'claude-agent') throw notOurs(id)
      await removeSdk(folder)
    },
  }
}

function statusOf({ id }: AcpAgent): ProviderStatus {
  const name = providerName(id)
  return { id, name, available: true, message: `${name}, through the Agent Client Protocol.`, is_demo: false }
}

function unknown(id: ProviderId): never {
  throw new RefusedError(
    'PROVIDER_UNKNOWN',
    `This app knows no agent ${id}. Choose another one in the board's settings.`,
    { provider: id },
  )
}

function notOurs(id: ProviderId): RefusedError {
  return new RefusedError(
    'NOT_INSTALLABLE',
    'The app does not install this agent by itself. Use the command that Settings shows.',
    { provider: id },
  )
}
