import { Readable, Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { OutputTail } from '../../platform/output-tail.ts'
import type { HostProcess, StepResult } from '../provider.ts'
import { AGENT_PATIENCE, aborted, TOOL_PATIENCE, watchSilence } from '../silence.ts'
import { AgentFiles } from './files.ts'
import { Permissions } from './permissions.ts'
import { serve } from './served.ts'
import { type ConversationOptions, type Ending, Talk } from './talk.ts'
import { AgentTerminals } from './terminals.ts'
import { AgentUpdates } from './updates.ts'

export interface Conversation {
  ending: Ending
  turns: number
  sessionId: string | null
  usage: StepResult['usage'] | null
  costUsd: number | null
}

/** An agent that was asked to cancel gets so long to tell its end, milliseconds. */
const CANCEL_MS = 1500
/** Standard error of a process that has ended is waited for so long, milliseconds. */
const LAST_WORDS_MS = 300

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
  const strays = new OutputTail(2 * 1024)
  const keepStray = (chunk: Buffer | string) => strays.push(Buffer.from(chunk))
  process.stdout.on('data', keepStray)
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
    if (ending.type === 'broken' && !ending.said && talk.sessionId === null && !host.signal.aborted)
      ending.said = strayWords(strays) || (await exitWords(process))
    return {
      ending,
      turns: talk.turns,
      sessionId: talk.sessionId,
      usage: talk.usage,
      costUsd: updates.costUsd,
    }
  } finally {
    watchdog.stop()
    process.stdout.off('data', keepStray)
    await terminals.releaseAll()
    updates.endTools()
    connection.close()
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

/** What is no message of the protocol: a greeting, or how a program is used that does not know what it was asked. */
function strayWords(strays: OutputTail): string {
  const lines = strays.text().trim().split('\n')
  return lines
    .filter((line) => !line.startsWith('{"jsonrpc"'))
    .slice(0, 4)
    .join(' ')
    .trim()
}

async function exitWords(process: HostProcess): Promise<string> {
  const end = await Promise.race([process.exited.catch(() => null), wait(LAST_WORDS_MS, null)])
  if (!end) return ''
  return `nothing, and it ended with ${end.code === null ? end.signal : `exit code ${end.code}`}.`
}

function lastLines(errors: OutputTail): string {
  return errors.text().trim().split('\n').slice(-4).join(' ')
}
