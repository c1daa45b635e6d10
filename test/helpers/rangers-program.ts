import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type BuiltPrograms, buildPrograms } from './build-program.ts'
import { plantEnvironment } from './run-logs.ts'

export type RangersPrograms = BuiltPrograms<'rangers' | 'watchdog'>

/** The terminal command, built as it is shipped. */
export function buildRangers(): Promise<RangersPrograms> {
  return buildPrograms({ rangers: 'electron/terminal/main.ts', watchdog: 'db/embedded/watchdog.ts' })
}

export interface RangersRun {
  process: ChildProcess
  /** Lines of standard output so far. */
  lines: string[]
  /** Resolves at the first line that holds the text. */
  said(text: string): Promise<void>
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>
}

export function startRangers(
  programs: RangersPrograms,
  env: Record<string, string>,
  args: string[],
): RangersRun {
  void plantEnvironment(env)
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [programs.path.rangers, ...args], { env: { PATH, HOME, ...env } })
  const lines: string[] = []
  let stderr = ''
  const listeners = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    for (const listen of [...listeners]) listen()
  })
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    stdout: lines.join('\n'),
    stderr,
  }))
  return {
    process: child,
    lines,
    ended,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!lines.some((line) => line.includes(text))) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
        void ended.then(({ code }) =>
          reject(new Error(`ended with ${code} before it said “${text}”: ${stderr}`)),
        )
      }),
  }
}
