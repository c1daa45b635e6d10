import type {
  ClientContext,
  InitializeResponse,
  NewSessionResponse,
  StopReason,
} from '@agentclientprotocol/sdk'
import type { FailureKind } from '#shared/provider.ts'
import type { HostProcess, ProcessHost, ProviderHost, StepRequest, StepResult } from '../provider.ts'
import { aborted } from '../silence.ts'
import type { Permissions } from './permissions.ts'
import type { Sdk } from './served.ts'
import type { AgentUpdates } from './updates.ts'

/** One turn came to its end, or the conversation broke. */
export type Ending =
  | { type: 'stopped'; reason: StopReason; text: string; hasActed: boolean }
  | { type: 'broken'; kind: FailureKind; said: string }

export interface ConversationOptions {
  request: StepRequest
  host: ProviderHost & ProcessHost
  process: HostProcess
  prompt: string
  clientFiles: boolean
  clientTerminals: boolean
  sessionMeta: Readonly<Record<string, unknown>> | null
  newId: () => string
  version: string
}

/** The start may fetch parts of the agent. Milliseconds. */
const LONGEST_START_MS = 90_000
/** An agent that ends its turn over a refusal is told so often to go on without. */
const MOST_REMINDERS = 3

/** The side that asks: greeting, conversation, turns. */
export class Talk {
  turns = 0
  sessionId: string | null = null
  usage: StepResult['usage'] | null = null
  readonly #sdk: Sdk
  readonly #options: ConversationOptions
  readonly #agent: ClientContext
  readonly #updates: AgentUpdates
  readonly #permissions: Permissions
  #turn: Promise<unknown> = Promise.resolve()

  constructor(
    sdk: Sdk,
    options: ConversationOptions,
    agent: ClientContext,
    updates: AgentUpdates,
    permissions: Permissions,
  ) {
    this.#sdk = sdk
    this.#options = options
    this.#agent = agent
    this.#updates = updates
    this.#permissions = permissions
  }

  async run(): Promise<Ending> {
    const { host, prompt } = this.#options
    const start = AbortSignal.any([host.signal, AbortSignal.timeout(LONGEST_START_MS)])
    this.sessionId = await this.#open(await this.#greet(start), start)
    await host.rememberSession?.(this.sessionId)
    let next: string | null = prompt
    let ending: Ending = { type: 'broken', kind: 'protocol', said: '' }
    for (let reminders = 0; next !== null; ) {
      ending = await this.#say(this.sessionId, next)
      next = null
      const refusal = this.#permissions.refusal
      if (ending.type === 'broken' || host.signal.aborted) break
      if (refusal !== null && !ending.hasActed && reminders < MOST_REMINDERS) {
        reminders += 1
        next = `That was refused: ${refusal}\nGo on without it, or say why it cannot be done without.`
        continue
      }
      if (ending.reason === 'end_turn') next = wordsOf((await host.takeMessages?.()) ?? [])
    }
    return ending
  }

  /** Asks the agent to stop, and waits until it says that it has. */
  async cancel(): Promise<void> {
    if (this.sessionId === null) return
    const sessionId = this.sessionId
    await this.#agent.notify(this.#sdk.methods.agent.session.cancel, { sessionId }).catch(() => {})
    await this.#turn.catch(() => {})
  }

  #greet(signal: AbortSignal): Promise<InitializeResponse> {
    const { clientFiles: fs, clientTerminals: terminal, version } = this.#options
    const capabilities = { fs: { readTextFile: fs, writeTextFile: fs }, terminal }
    return within(
      this.#agent.request(this.#sdk.methods.agent.initialize, {
        protocolVersion: this.#sdk.PROTOCOL_VERSION,
        clientInfo: { name: 'agent-rangers', title: 'Agent Rangers', version },
        clientCapabilities: capabilities,
      }),
      signal,
    )
  }

  /** Goes on with the earlier conversation where the agent can; a new one else. Nothing of the repository is loaded. */
  async #open(greeting: InitializeResponse, signal: AbortSignal): Promise<string> {
    const { request, host, sessionMeta } = this.#options
    const { session } = this.#sdk.methods.agent
    const where = {
      cwd: request.workspace,
      mcpServers: [],
      ...(sessionMeta && { _meta: { ...sessionMeta } }),
    }
    if (request.sessionId) {
      const sessionId = request.sessionId
      const { agentCapabilities: can } = greeting
      this.#updates.isReplaying = true
      try {
        if (can?.sessionCapabilities?.resume) {
          await within(this.#agent.request(session.resume, { sessionId, ...where }), signal)
          return sessionId
        }
        if (can?.loadSession) {
          await within(this.#agent.request(session.load, { sessionId, ...where }), signal)
          return sessionId
        }
      } catch {
        signal.throwIfAborted()
        const text = 'The agent does not know its earlier conversation any more and begins a new one.'
        host.emit({ type: 'notice', level: 'warn', text })
      } finally {
        this.#updates.isReplaying = false
      }
    }
    const opened = await within<NewSessionResponse>(this.#agent.request(session.new, where), signal)
    return opened.sessionId
  }

  async #say(sessionId: string, text: string): Promise<Ending> {
    this.#updates.beginTurn()
    this.#permissions.refusal = null
    this.turns += 1
    const turn = this.#agent.request(this.#sdk.methods.agent.session.prompt, {
      sessionId,
      prompt: [{ type: 'text', text }],
    })
    this.#turn = turn
    const answer = await turn
    this.usage = addUsage(this.usage, (answer as { usage?: unknown }).usage)
    const { lastText, hasActed } = this.#updates
    return { type: 'stopped', reason: answer.stopReason, text: lastText, hasActed }
  }
}

function wordsOf(messages: readonly { author: string; body: string }[]): string | null {
  if (messages.length === 0) return null
  return messages.map(({ author, body }) => `Message from ${author}:\n${body}`).join('\n\n')
}

/** Not every version of the protocol tells tokens; those that do count as follows. */
function addUsage(before: StepResult['usage'] | null, told: unknown): StepResult['usage'] | null {
  if (typeof told !== 'object' || told === null) return before
  const count = (name: string) => {
    const value = (told as Record<string, unknown>)[name]
    return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : 0
  }
  return {
    input: (before?.input ?? 0) + count('inputTokens'),
    output: (before?.output ?? 0) + count('outputTokens'),
    cache_read: (before?.cache_read ?? 0) + count('cachedReadTokens'),
    cache_write: (before?.cache_write ?? 0) + count('cachedWriteTokens'),
  }
}

async function within<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  answer.catch(() => {}) // one that comes after the signal is nobody's
  return Promise.race([
    answer,
    aborted(signal).then((): never => {
      throw signal.reason
    }),
  ])
}
