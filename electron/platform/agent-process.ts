import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { RefusedError, UnavailableError } from '#shared/errors.ts'
import type { ProcessRecord } from './process-record.ts'
import { startMark } from './process-table.ts'
import { killLeftOver, killTree, type ProcessTag, TAG_NAMES } from './process-tree.ts'

export interface AgentProgram {
  program: string
  args: readonly string[]
  /** All that it sees besides the tags. */
  env: Readonly<Record<string, string>>
  cwd: string
  instanceId: string
  executionId: string
  record: ProcessRecord
}

export interface AgentProcess extends AsyncDisposable {
  readonly pid: number
  readonly stdin: NodeJS.WritableStream
  readonly stdout: NodeJS.ReadableStream
  readonly stderr: NodeJS.ReadableStream
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Ends it with all that it started; resolves when nothing of it is left, or after 5 s with the pids that are. */
  kill(): Promise<number[]>
}

/**
 * Starts a long-lived program in a process group of its own, tagged so that all it starts can be found, and written
 * down so that it is found after a crash of the app. When it ends by itself, what it leaves running is ended too. Rejects
 * when it cannot be started.
 */
export async function startAgentProcess(wanted: AgentProgram): Promise<AgentProcess> {
  const commandId = randomUUID()
  const since = startMark()
  const child = spawn(wanted.program, wanted.args, {
    cwd: wanted.cwd,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...wanted.env,
      [TAG_NAMES.instanceId]: wanted.instanceId,
      [TAG_NAMES.executionId]: wanted.executionId,
      [TAG_NAMES.commandId]: commandId,
    },
  })
  child.stdin.on('error', () => undefined) // it may end before it has read all: its exit tells
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  const handOver = keepWords(child)
  await once(child, 'spawn').catch((cause: unknown) => notStarted(cause, wanted))
  const pid = child.pid ?? -1
  await wanted.record.add(pid)
  handOver()
  let ending: Promise<number[]> | null = null
  const kill = () => {
    ending ??= end(child, pid, { commandId }, since).finally(() => wanted.record.remove(pid))
    return ending
  }
  void exited.then(kill).catch(() => undefined) // told to those who call it
  return {
    pid,
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    exited,
    kill,
    [Symbol.asyncDispose]: async () => {
      await kill()
    },
  }
}

/**
 * What a program says before anybody listens is kept: a short one may be over before it is written down, and Node throws
 * away at the exit what nobody reads. The returned function gives the streams free, for one to listen in the same turn.
 */
function keepWords({ stdout, stderr }: ChildProcessWithoutNullStreams): () => void {
  const keep = () => undefined
  for (const stream of [stdout, stderr]) stream.on('readable', keep)
  return () => {
    for (const stream of [stdout, stderr]) stream.off('readable', keep)
  }
}

async function end(
  child: ChildProcessWithoutNullStreams,
  pid: number,
  tag: ProcessTag,
  since: number,
): Promise<number[]> {
  const isRunning = child.exitCode === null && child.signalCode === null
  const left = await (isRunning ? killTree : killLeftOver)(pid, tag, since)
  if (isRunning) {
    // Whoever reads its last words has them; a process that could not be ended may hold the pipes for ever.
    child.stdin.destroy()
    child.stdout.destroy()
    child.stderr.destroy()
  }
  return left
}

async function notStarted(cause: unknown, { program, cwd }: AgentProgram): Promise<never> {
  const { code } = cause as NodeJS.ErrnoException
  if (code !== 'ENOENT' && code !== 'EACCES') throw cause
  const folder = await stat(cwd).catch(() => null)
  if (!folder?.isDirectory())
    throw new RefusedError('FOLDER_MISSING', `The folder ${cwd} is not there any more.`, {}, { cause })
  const message = `${program} could not be started: it is not there, or may not be run. Install it again.`
  throw new UnavailableError('PROGRAM_MISSING', message, { cause })
}
