import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type FailureKind, type FoundAgent, type ProviderStatus, providerName } from '#shared/provider.ts'
import { programEnvironment, startable } from '../../platform/find-program.ts'
import { openAgentHome, removeAgentHome, writeInHome } from '../agent-home.ts'
import { missingWorkspace } from '../missing-workspace.ts'
import { defaultModel } from '../models.ts'
import type {
  HostProcess,
  ProcessHost,
  Provider,
  ProviderHost,
  StepFailure,
  StepRequest,
  StepResult,
} from '../provider.ts'
import type { AcpAgent, AgentPlace, ModelApi } from './agent.ts'
import { failureInWords, failureSentence, kindOfWords, mayPass } from './failure-words.ts'
import { settingsNotice } from './repository-settings.ts'
import { type Conversation, converse } from './step.ts'
import type { Ending } from './talk.ts'

export interface AcpOptions {
  /** Holds a folder for each agent, absolute. */
  folder: string
  /** What of the agent is on this machine; remembered for a while. */
  find: (agent: AcpAgent, signal: AbortSignal) => Promise<FoundAgent | null>
  /** Whether the gateway has a key for this API; else the agent uses the person's own login. */
  hasKey: (api: ModelApi) => boolean
  newId: () => string
  version: string
}

/** Time for an agent to end by itself once its input has ended, milliseconds. */
const LAST_WORDS_MS = 2500

/** Any agent that speaks the Agent Client Protocol. Its word is not believed: the diff and the checks judge. */
export function createAcpProvider(agent: AcpAgent, options: AcpOptions): Provider {
  const name = providerName(agent.id)
  return {
    id: agent.id,
    async status(): Promise<ProviderStatus> {
      const found = await options.find(agent, AbortSignal.timeout(15_000)).catch(() => null)
      const message = found
        ? `${name}${found.version ? ` ${found.version}` : ''}, through the Agent Client Protocol.`
        : `${name} is not installed. Install it with: ${agent.install}`
      return { id: agent.id, name, available: found !== null, message, is_demo: false }
    },
    async run(request, host) {
      try {
        host.signal.throwIfAborted()
        return await runStep(agent, options, request, host)
      } catch (error) {
        if (host.signal.aborted) return ended('cancelled', null)
        const message = `${name} could not be run: ${error instanceof Error ? error.message : String(error)}`
        return ended('failed', null, failure('crashed', message))
      }
    },
  }
}

async function runStep(
  agent: AcpAgent,
  options: AcpOptions,
  request: StepRequest,
  host: ProviderHost,
): Promise<StepResult> {
  const missing = await missingWorkspace(request.workspace)
  if (missing !== null) return ended('failed', null, { ...failure('workspace', missing), retryable: false })
  const found = await options.find(agent, host.signal)
  if (!found || !host.spawn) {
    const name = providerName(agent.id)
    const message = `${name} is not installed. Install it with: ${agent.install}. Or choose another agent.`
    return ended('failed', null, { ...failure('not_installed', message), retryable: false })
  }
  const notice = await settingsNotice(agent, request.workspace)
  if (notice) host.emit({ type: 'notice', ...notice })
  const place = await placeFor(agent, options, request, host)
  const process = await start(agent, found, place, { ...host, spawn: host.spawn }, request)
  let talk: Conversation
  try {
    talk = await converse({
      request,
      host: { ...host, spawn: host.spawn },
      process,
      prompt: promptOf(request),
      clientFiles: agent.clientFiles,
      clientTerminals: agent.clientTerminals,
      sessionMeta: agent.sessionMeta ?? null,
      newId: options.newId,
      version: options.version,
    })
  } finally {
    await end(process, host.signal)
  }
  const result = judge(agent, talk, place.model, host.signal)
  if (result.status === 'completed') await removeAgentHome(place.folder)
  return { ...result, costIsEstimate: place.gateway === null }
}

async function placeFor(
  agent: AcpAgent,
  options: AcpOptions,
  request: StepRequest,
  host: ProviderHost,
): Promise<AgentPlace> {
  const gateway = options.hasKey(agent.api) && host.gateway ? await host.gateway() : null
  const own = gateway ? (agent.defaultModel ?? defaultModel(request.phase)) : null
  const folder = await openAgentHome(join(options.folder, agent.id.replace(':', '-')), request)
  return { gateway, folder, model: request.model ?? own }
}

async function start(
  agent: AcpAgent,
  found: FoundAgent,
  place: AgentPlace,
  host: ProcessHost,
  request: StepRequest,
): Promise<HostProcess> {
  const { env, files = {} } = agent.setUp(place)
  for (const [path, text] of Object.entries(files)) await writeInHome(place.folder, path, text)
  const base = programEnvironment(found.path)
  // With the app's key it sees no settings of the person: what they set up for themselves may run commands.
  const home = place.gateway ? { HOME: place.folder, USERPROFILE: place.folder } : {}
  const logins = place.gateway ? [] : agent.loginFolders.map((name) => join(homedir(), name))
  const [program, args] = startable(found.path, agent.args)
  return host.spawn(program, args, {
    env: { ...base, ...home, ...env },
    cwd: request.workspace,
    writable: [place.folder, ...logins],
    mayEdit: request.tools === 'edit',
  })
}

/** The protocol knows no system prompt. */
function promptOf(request: StepRequest): string {
  const parts = [request.system, request.prompt]
  if (request.tools === 'read-only')
    parts.push('In this step you only read: change no file and run no command.')
  if (request.outputSchema) {
    parts.push(
      `Your last message must be one JSON object that follows this JSON schema, and nothing else:\n${JSON.stringify(request.outputSchema)}`,
    )
  }
  return parts.join('\n\n')
}

/** Its input ends first, so that it may store its conversation; then nothing of it is left. */
async function end(process: HostProcess, signal: AbortSignal): Promise<void> {
  process.stdin.end()
  const patience = signal.aborted ? 0 : LAST_WORDS_MS
  await Promise.race([process.exited.catch(() => {}), wait(patience)])
  await process.kill()
}

function judge(agent: AcpAgent, talk: Conversation, model: string | null, signal: AbortSignal): StepResult {
  if (signal.aborted) return ended('cancelled', talk, undefined, model)
  const found = failureOf(talk.ending)
  if (!found) return ended('completed', talk, undefined, model)
  const message = failureSentence(
    providerName(agent.id),
    found.kind,
    found.said || '',
    talk.sessionId !== null,
  )
  const hint = found.kind === 'auth' ? ` ${agent.login}` : ''
  return ended('failed', talk, failure(found.kind, message + hint), model)
}

const KIND_OF_STOP: Partial<Record<string, FailureKind>> = {
  max_tokens: 'max_tokens',
  max_turn_requests: 'max_turns',
  refusal: 'refusal',
  cancelled: 'crashed',
}

/** Some agents call a failure the end of their turn, so their last words are looked through. */
function failureOf(ending: Ending): { kind: FailureKind; said: string } | null {
  if (ending.type === 'broken') {
    const isVague = ending.kind === 'protocol' || ending.kind === 'crashed'
    return { kind: (isVague && kindOfWords(ending.said)) || ending.kind, said: ending.said }
  }
  const { reason, text, hasActed } = ending
  const kind = KIND_OF_STOP[reason] ?? failureInWords(text)
  if (kind) return { kind, said: text }
  const isNothing = !hasActed && text.trim() === ''
  return isNothing ? { kind: 'bad_output', said: 'nothing, and it did nothing.' } : null
}

function failure(kind: FailureKind, message: string): StepFailure {
  return { kind, message, retryable: mayPass(kind) }
}

function ended(
  status: StepResult['status'],
  talk: Conversation | null,
  reason?: StepFailure,
  model: string | null = null,
): StepResult {
  return {
    status,
    text: talk?.ending.type === 'stopped' ? talk.ending.text : '',
    turns: talk?.turns ?? 0,
    usage: talk?.usage ?? { input: 0, output: 0, cache_read: 0, cache_write: 0 },
    costUsd: talk?.costUsd ?? null,
    model,
    ...(talk?.sessionId ? { sessionId: talk.sessionId } : {}),
    ...(reason ? { failure: reason } : {}),
  }
}
