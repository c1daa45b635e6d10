import { type CatalogueAgent, type FoundAgent, type ProviderStatus, providerName } from '#shared/provider.ts'
import { findProgram, programVersion } from '../platform/find-program.ts'
import type { AcpAgent, ModelApi } from './acp/agent.ts'
import type { AgentFinder } from './acp/detect.ts'
import { type FoundSdk, SDK_PACKAGE } from './claude-agent/find-sdk.ts'

export interface CatalogueSources {
  agents: readonly AcpAgent[]
  finder: AgentFinder
  findSdk: () => Promise<FoundSdk | null>
  hasKey: (api: ModelApi) => boolean
  /** Of those that need nothing on the machine. */
  builtIn: () => Promise<ProviderStatus[]>
  sdkStatus: () => Promise<ProviderStatus>
}

/** All agents: found on this machine with their version, or how to install them. Starts each agent to ask its version. */
export async function listCatalogue(
  sources: CatalogueSources,
  signal: AbortSignal,
): Promise<CatalogueAgent[]> {
  const [builtIn, sdk, node] = await Promise.all([sources.builtIn(), describeSdk(sources), nodeMajor(signal)])
  const agents = await Promise.all(
    sources.agents.map(async (agent) => {
      const found = await sources.finder.find(agent, signal)
      return describeAgent(agent, found, sources.hasKey(agent.api), node)
    }),
  )
  const [demo, others] = [builtIn.filter((one) => one.is_demo), builtIn.filter((one) => !one.is_demo)]
  return [...others.map(describeBuiltIn), sdk, ...agents, ...demo.map(describeBuiltIn)]
}

function describeBuiltIn(status: ProviderStatus): CatalogueAgent {
  return {
    ...status,
    kind: 'built_in',
    found: null,
    install_command: null,
    can_install: false,
    is_ours: false,
    website: null,
    licence: null,
    access: status.is_demo ? 'none' : 'key',
    notes: [],
  }
}

async function describeSdk({ findSdk, sdkStatus, hasKey }: CatalogueSources): Promise<CatalogueAgent> {
  const [found, status] = await Promise.all([findSdk(), sdkStatus()])
  return {
    ...status,
    kind: 'sdk',
    found: found && { path: found.path, version: found.version },
    install_command: `npm install --global ${SDK_PACKAGE}`,
    can_install: found === null,
    is_ours: found?.isOurs ?? false,
    website: 'https://code.claude.com/docs/en/agent-sdk/overview',
    licence: 'Anthropic’s own; see its terms',
    access: hasKey('anthropic') ? 'key' : 'login',
    notes: [
      'It takes about 450 MB of disk.',
      ...(hasKey('anthropic')
        ? []
        : ['Without an API key it uses your own login: run “claude” once and log in.']),
    ],
  }
}

function describeAgent(
  agent: AcpAgent,
  found: FoundAgent | null,
  hasKey: boolean,
  node: number | null,
): CatalogueAgent {
  const name = providerName(agent.id)
  const needs = nodeNote(agent, node)
  const how = hasKey ? 'with your API key, counted and within the budgets' : 'with your own login'
  const message = found
    ? `${name}${found.version ? ` ${found.version}` : ''}, ${how}.`
    : `${name} is not installed.`
  return {
    id: agent.id,
    name,
    available: found !== null,
    message: found ? message : [message, needs].filter(Boolean).join(' '),
    is_demo: false,
    kind: 'acp',
    found,
    install_command: agent.install,
    can_install: false,
    is_ours: false,
    website: agent.website,
    licence: agent.licence,
    access: hasKey ? 'key' : 'login',
    notes: [...(hasKey ? [] : [agent.login]), ...(found && needs ? [needs] : []), ...agent.notes],
  }
}

/** Null when there is nothing to say. */
function nodeNote({ nodeAtLeast }: AcpAgent, node: number | null): string | null {
  if (nodeAtLeast === null || (node !== null && node >= nodeAtLeast)) return null
  const here = node === null ? 'none was found here' : `this machine has ${node}`
  return `It needs Node ${nodeAtLeast} or newer; ${here}.`
}

async function nodeMajor(signal: AbortSignal): Promise<number | null> {
  const path = await findProgram('node')
  const version = path ? await programVersion(path, ['--version'], signal) : null
  return version ? Number.parseInt(version, 10) : null
}
