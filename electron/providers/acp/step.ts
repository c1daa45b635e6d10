import { Readable, Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type {
  ClientContext,
  InitializeResponse,
  NewSessionResponse,
  StopReason,
} from '@agentclientprotocol/sdk'
import type { FailureKind } from '#shared/provider.ts'
import { OutputTail } from '../../platform/output-tail.ts'
import type { HostProcess, ProcessHost, ProviderHost, StepRequest, StepResult } from '../provider.ts'
import { AGENT_PATIENCE, aborted, TOOL_PATIENCE, watchSilence } from '../silence.ts'
import { AgentFiles } from './files.ts'
import { Permissions } from './permissions.ts'
import { AgentTerminals } from './terminals.ts'
import { AgentUpdates } from './updates.ts'

type Sdk = typeof import('@agentclientprotocol/sdk')

/** One turn came to its end, or the conversation broke. */
export type Ending =
  | { type: 'stopped'; reason: StopReason; text: string; hasActed: boolean }
  | { type: 'broken'; kind: FailureKind; said: string }

export interface Conversation {
  ending: Ending
  turns: number
  sessionId: string | null
  usage: StepResult['usage'] | null
  costUsd: number | null
}

export interface ConversationOptions {
  request: StepRequest
  host: ProviderHost & ProcessHost
  process: HostProcess
  prompt: string
  clientFiles: boolean
  clientTerminals: boolean
  newId: () => string
  version: string
}

/** The start may fetch parts of the agent. Milliseconds. */
const LONGEST_START_MS = 90_000
/** An agent that was asked to cancel gets so long to tell its end, milliseconds. */
const CANCEL_MS = 1500
/** Standard error of a process that has ended is waited for so long, milliseconds. */
const LAST_WORDS_MS = 300
/** An agent that ends its turn over a refusal is told so often to go on without. */
const MOST_REMINDERS = 3

/**
 * One step's conversation with an agent over its pipes. Never rejects but by a bug; returns when the agent has ended its
 * turn and nobody has anything to add, when it broke, was silent for too long, or the host's signal aborted. The process
 * is left to the caller.
 */
export async function converse(options: ConversationOptions): Promise<Conversation> {
  const sdk = await import('@agentclientprotocol/sdk')
  const { request, host, process, newId } = options
  const updates: AgentUpdates = new AgentUpdates({
    workspace: request.workspace,
    model: request.model ?? 'agent',
    newId,
    emit: (event) => host.emit(event),
    outputOf: (id) => terminals.outputOf(id),
  })
  const permissions = new Permissions(request, host, updates)
  const parts = { permissions, errors: sdk.RequestError, host, newId }
  const files = new AgentFiles(request, permissions, sdk.RequestError)
  const terminals: AgentTerminals = new AgentTerminals(request, parts)
  const errors = new OutputTail(8 * 1024)
  process.stderr.on('data', (chunk: Buffer | string) => errors.push(Buffer.from(chunk)))
  process.stdin.on('error', () => {}) // a process that has ended does not read: its end is told by `exited`

  const silence = new AbortController()
  const patience = () => {
    if (talk.turns === 0 || permissions.open > 0) return Number.POSITIVE_INFINITY // the start has a limit of its own
    return updates.isToolRunning || terminals.isBusy ? TOOL_PATIENCE : AGENT_PATIENCE
  }
  const watchdog = watchSilence(silence, request.limits.idleMs, patience)
  const app = serve(sdk, { updates, permissions, files, terminals, alive: watchdog.alive })
  const stream = sdk.ndJsonStream(
    Writable.toWeb(process.stdin as Writable) as WritableStream<Uint8Array>,
    Readable.toWeb(process.stdout as Readable) as ReadableStream<Uint8Array>,
  )
  const connection = app.connect(stream)
  process.exited.then(
    () => connection.close(),
    () => connection.close(),
  )
  const talk: Talk = new Talk(sdk, options, connection.agent, updates, permissions)
  try {
    const ending = await Promise.race([
      talk.run().catch((error: unknown) => broken(error, errors)),
      aborted(silence.signal).then((): Ending => ({ type: 'broken', kind: 'timeout', said: '' })),
      aborted(host.signal).then(async (): Promise<Ending> => {
        await Promise.race([talk.cancel(), wait(CANCEL_MS), process.exited.catch(() => {})])
        return { type: 'broken', kind: 'crashed', said: '' }
      }),
    ])
    if (ending.type === 'broken' && ending.kind === 'crashed' && !ending.said && !host.signal.aborted)
      ending.said = await lastWords(process, errors)
    return {
      ending,
      turns: talk.turns,
      sessionId: talk.sessionId,
      usage: talk.usage,
      costUsd: updates.costUsd,
    }
  } finally {
    watchdog.stop()
    await terminals.releaseAll()
    updates.endTools()
    connection.close()
  }
}

/** What we offer to the agent. */
function serve(
  sdk: Sdk,
  {
    updates,
    permissions,
    files,
    terminals,
    alive,
  }: {
    updates: AgentUpdates
    permissions: Permissions
    files: AgentFiles
    terminals: AgentTerminals
    alive: () => void
  },
) {
  const { client } = sdk.methods
  return sdk
    .client({ name: 'agent-rangers' })
    .onNotification(client.session.update, ({ params }) => {
      alive()
      updates.take(params)
    })
    .onRequest(client.session.requestPermission, async ({ params, signal }) => {
      const answer = await permissions.answer(params, signal)
      alive()
      return answer
    })
    .onRequest(client.fs.readTextFile, ({ params }) => files.read(params))
    .onRequest(client.fs.writeTextFile, ({ params, signal }) => files.write(params, signal))
    .onRequest(client.terminal.create, ({ params, signal }) => terminals.create(params, signal))
    .onRequest(client.terminal.output, ({ params }) => terminals.output(params.terminalId))
    .onRequest(client.terminal.waitForExit, ({ params }) => terminals.waitForExit(params.terminalId))
    .onRequest(client.terminal.kill, ({ params }) => terminals.kill(params.terminalId))
    .onRequest(client.terminal.release, ({ params }) => terminals.release(params.terminalId))
    .onNotification('*', alive) // extensions of single agents tell nothing that a card shows
}

/** The side that asks: greeting, conversation, turns. */
class Talk {
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
    const { request, host } = this.#options
    const { session } = this.#sdk.methods.agent
    const where = { cwd: request.workspace, mcpServers: [] }
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

/** The agent answered with an error, or is gone. */
function broken(error: unknown, errors: OutputTail): Ending {
  const { code, message, data } = error as { code?: number; message?: string; data?: unknown }
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  if (isTimeout) return { type: 'broken', kind: 'timeout', said: lastLines(errors) }
  const details = data === undefined ? '' : ` ${typeof data === 'string' ? data : JSON.stringify(data)}`
  const said = `${message ?? String(error)}${details}`
  if (code === -32000) return { type: 'broken', kind: 'auth', said }
  if (typeof code === 'number') return { type: 'broken', kind: 'protocol', said }
  return { type: 'broken', kind: 'crashed', said: lastLines(errors) }
}

/** Its end is known before what it said last has come through. */
async function lastWords(process: HostProcess, errors: OutputTail): Promise<string> {
  const ended = new Promise((resolve) => process.stderr.once('close', resolve))
  await Promise.race([ended, wait(LAST_WORDS_MS)])
  return lastLines(errors)
}

function lastLines(errors: OutputTail): string {
  return errors.text().trim().split('\n').slice(-4).join(' ')
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
