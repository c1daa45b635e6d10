import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as wait } from 'node:timers/promises'
import { RefusedError } from '#shared/errors.ts'
import { commandEnvironment } from './environment.ts'
import { OutputTail } from './output-tail.ts'
import { startMark } from './process-table.ts'
import { killLeftOver, killTree, TAG_NAMES } from './process-tree.ts'

export interface Command {
  /** A command line for the system's shell. */
  command: string
  cwd: string
  instanceId: string
  executionId: string
  /** After this long the command and all that it started is ended, milliseconds. */
  timeoutMs: number
  signal: AbortSignal
  /** Bytes of output that are kept, from the end. Default 64 kB. */
  keptBytes?: number
  /** A command that prints more than this is ended. Default 20 MB. */
  mostBytes?: number
  /** Gives the program to start in place of the shell: a sandbox. `path` is the PATH that it will see. */
  confine?: (
    shell: { program: string; args: string[] },
    path: string,
  ) => Promise<{ program: string; args: string[] }>
  /** Told each piece of output as it comes; never half a character. */
  onOutput?: (text: string) => void
}

export interface CommandOutcome {
  /** Null when it was ended from outside. */
  exitCode: number | null
  /** Standard output and error as they came; the end is kept. */
  output: string
  timedOut: boolean
}

/** Nobody is waiting for more than the last words of a command whose process has ended, milliseconds. */
const LAST_WORDS_MS = 500

/**
 * Runs a command line in its own process group with a clean environment: none of our keys, and tags by which all
 * that it starts can be found. Resolves when nothing of it runs any more, at the latest 5 s after an abort; rejects
 * only when the shell cannot be started. What a finished command leaves running in the background is ended too.
 */
export async function runCommand(command: Command): Promise<CommandOutcome> {
  if (command.signal.aborted) return { exitCode: null, output: '', timedOut: false }
  const commandId = randomUUID()
  const env = commandEnvironment({
    [TAG_NAMES.instanceId]: command.instanceId,
    [TAG_NAMES.executionId]: command.executionId,
    [TAG_NAMES.commandId]: commandId,
  })
  const shell = { program: '/bin/sh', args: ['-c', command.command] }
  const confined = await command.confine?.(shell, env.PATH ?? '')
  const [program, args] =
    confined && confined !== shell ? [confined.program, confined.args] : [command.command, []]
  const since = startMark()
  const child = spawn(program, args, {
    cwd: command.cwd,
    shell: args.length === 0,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  })
  const tail = new OutputTail(command.keptBytes ?? 64 * 1024)
  const timeout = AbortSignal.timeout(command.timeoutMs)
  const flood = new AbortController()
  collect(child, tail, command, flood)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))

  const stop = AbortSignal.any([command.signal, timeout, flood.signal])
  const exitCode = await exitOrStop(child, stop).catch((cause) => notStarted(cause, command.cwd))
  const isRunning = child.exitCode === null && child.signalCode === null
  const pid = child.pid ?? -1
  const end = isRunning ? killTree : killLeftOver
  const left = await end(pid, { commandId }, since)
  await Promise.race([closed, wait(LAST_WORDS_MS)]) // a process we could not end may hold the pipe for ever
  child.stdout?.destroy()
  child.stderr?.destroy()

  const timedOut = timeout.aborted && exitCode === null && !command.signal.aborted
  const notes = [
    timedOut && `Ended after ${command.timeoutMs / 1000} s: the time limit.`,
    flood.signal.aborted && `Ended: more than ${tail.total} bytes of output.`,
    left.length > 0 && `Could not end these processes: ${left.join(', ')}.`,
  ].filter((note) => note !== false)
  return { exitCode, output: [tail.text(), ...notes].filter(Boolean).join('\n'), timedOut }
}

/** `exit`, not `close`: a background child keeps the pipes open for as long as it likes. */
function exitOrStop(child: ChildProcess, stop: AbortSignal): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code))
    if (stop.aborted) resolve(null)
    else stop.addEventListener('abort', () => resolve(null), { once: true })
  })
}

function notStarted(cause: unknown, cwd: string): never {
  if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
  throw new RefusedError('FOLDER_MISSING', `The folder ${cwd} is not there any more.`, {}, { cause })
}

function collect(child: ChildProcess, tail: OutputTail, command: Command, flood: AbortController): void {
  const most = command.mostBytes ?? 20 * 1024 * 1024
  for (const stream of [child.stdout, child.stderr]) {
    const decoder = new StringDecoder('utf8')
    stream?.on('data', (chunk: Buffer) => {
      if (flood.signal.aborted) return
      tail.push(chunk)
      if (tail.total > most) flood.abort()
      command.onOutput?.(decoder.write(chunk))
    })
  }
}
