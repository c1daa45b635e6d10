import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { RefusedError, UnavailableError } from '#shared/errors.ts'
import { gitEnvironment } from './environment.ts'
import { explainGitFailure, GitError } from './git-error.ts'
import { GIT_STEP } from './git-version.ts'

export interface GitOptions {
  cwd: string
  signal: AbortSignal
  /** Written to standard input. */
  input?: string
  env?: Record<string, string>
  /** Settings for this one call, as `-c name=value`. */
  config?: Record<string, string>
  /** Exit codes that are an answer and not a failure; 0 always is. */
  okCodes?: readonly number[]
  /** Git looks for a repository below this folder only, even when the one in `cwd` is damaged. */
  ceiling?: string
  /** Bytes of output after which git is stopped and the answer is marked `truncated`. */
  limit?: number
}

export interface GitOutput {
  stdout: string
  /** What git warned of. */
  stderr: string
  exitCode: number
  truncated: boolean
}

const MOST_OUTPUT = 128 * 1024 * 1024

/** Our own git operations run no hook, start no monitor or clean-up, ask for no signature, and take line ends as they come. */
const OUR_CONFIG: Record<string, string> = {
  'core.quotepath': 'off',
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'commit.gpgSign': 'false',
  'core.safecrlf': 'false',
  'advice.detachedHead': 'false',
}

/**
 * Runs git and gives its standard output. Throws GitError with the exit code and what git said; an AppError
 * where the reason is one that a person can act on; the signal's reason when aborted, after git has ended.
 */
export async function git(args: readonly string[], options: GitOptions): Promise<GitOutput> {
  options.signal.throwIfAborted()
  const config = Object.entries({ ...OUR_CONFIG, ...options.config }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  await ownTurn()
  options.signal.throwIfAborted()
  const ceiling = options.ceiling === undefined ? {} : { GIT_CEILING_DIRECTORIES: options.ceiling }
  const child = spawn('git', [...config, ...args], {
    cwd: options.cwd,
    env: gitEnvironment({ ...ceiling, ...options.env }),
    windowsHide: true,
  })
  const output = await outcome(child, options).catch((cause) => notStarted(cause, options.cwd))
  options.signal.throwIfAborted()
  if (output.tooMuch && options.limit === undefined) {
    throw new GitError(args, null, `more than ${MOST_OUTPUT} bytes of output`)
  }
  const isAnswer = output.exitCode === 0 || (options.okCodes ?? []).includes(output.exitCode ?? -1)
  if (!isAnswer && !output.tooMuch)
    throw explainGitFailure(new GitError(args, output.exitCode, output.stderr))
  return {
    stdout: output.stdout,
    stderr: output.stderr,
    exitCode: output.exitCode ?? 0,
    truncated: output.tooMuch,
  }
}

let lastTurn: Promise<unknown> = Promise.resolve()

/**
 * To start a process takes milliseconds in which nothing else is done: when many want git at once, each begins in a turn
 * of the event loop of its own, so that windows and agents are heard in between.
 */
async function ownTurn(): Promise<void> {
  const before = lastTurn
  lastTurn = before.then(() => nextTurn())
  await before
}

/** The output without its line's end, for commands that answer with one line. A path may end with a space. */
export async function gitLine(args: readonly string[], options: GitOptions): Promise<string> {
  return (await git(args, options)).stdout.replace(/\r?\n$/, '')
}

interface Outcome {
  stdout: string
  stderr: string
  exitCode: number | null
  tooMuch: boolean
}

function outcome(child: ChildProcessWithoutNullStreams, options: GitOptions): Promise<Outcome> {
  const most = options.limit ?? MOST_OUTPUT
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    let bytes = 0
    const stop = () => child.kill('SIGTERM')
    options.signal.addEventListener('abort', stop, { once: true })
    child.once('error', reject)
    child.stdout.on('data', (chunk: Buffer) => {
      if (bytes < most) stdout.push(chunk.subarray(0, most - bytes))
      bytes += chunk.length
      if (bytes > most) stop()
    })
    child.stderr.on('data', (chunk: Buffer) => stderr.length < 200 && stderr.push(chunk))
    child.stdin.on('error', () => undefined) // git may end before it has read all: its exit code tells
    child.stdin.end(options.input ?? '')
    child.once('close', (exitCode) => {
      options.signal.removeEventListener('abort', stop)
      resolve({
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        exitCode,
        tooMuch: bytes > most,
      })
    })
  })
}

/** A missing folder and a missing git look the same to spawn: ENOENT. */
async function notStarted(cause: unknown, cwd: string): Promise<never> {
  const code = (cause as NodeJS.ErrnoException).code
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw cause
  const folder = await stat(cwd).catch(() => null)
  if (!folder?.isDirectory()) {
    throw new RefusedError('FOLDER_MISSING', `The folder ${cwd} is not there any more.`, {}, { cause })
  }
  throw new UnavailableError('GIT_MISSING', `Git was not found. ${GIT_STEP}`, { cause })
}
