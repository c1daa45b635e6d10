import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { RefusedError } from '#shared/errors.ts'
import type { ProviderId, ProviderStatus } from '#shared/provider.ts'
import { createAnthropicProvider } from './anthropic.ts'
import type { Provider } from './provider.ts'
import { createScriptedProvider } from './scripted/scripted.ts'

/** All that can do the thinking. */
export interface Providers {
  get(id: ProviderId): Provider
  statuses(): Promise<ProviderStatus[]>
}

export interface ProvidersOptions {
  credentials: { key(): string | null }
  /** Where the Messages API is; null for Anthropic's own. */
  baseUrl?: string | null
  newId?: () => string
  /** Waits so many milliseconds; rejects when aborted. Also the pace of the demo: tests hand in one that is quick. */
  delay?: (ms: number, signal: AbortSignal) => Promise<void>
  /** Chance, from 0 to 1. */
  random?: () => number
}

export function createProviders(options: ProvidersOptions): Providers {
  const { credentials, baseUrl } = options
  const newId = options.newId ?? randomUUID
  const delay = options.delay ?? (async (ms, signal) => wait(ms, undefined, { signal }))
  const providers: readonly Provider[] = [
    createAnthropicProvider({
      credentials: async () => {
        const apiKey = credentials.key()
        return apiKey === null ? null : { apiKey, ...(baseUrl ? { baseUrl } : {}) }
      },
      newId,
      delay,
      random: options.random ?? Math.random,
    }),
    createScriptedProvider({ newId, delay }),
  ]
  return {
    get(id) {
      const provider = providers.find((one) => one.id === id)
      if (provider) return provider
      throw new RefusedError(
        'PROVIDER_UNKNOWN',
        `This app knows no agent ${id}. Choose another one in the board's settings.`,
        {
          provider: id,
        },
      )
    },
    statuses: () => Promise.all(providers.map((provider) => provider.status())),
  }
}
