import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Order, SoakAppOptions, Word } from './lines.ts'

/** An app of the soak that runs in a process of its own. */
export interface AppProcess {
  order(order: Order): void
  /** Resolves with the first word that fits, among those that are still to come; rejects when the app ends before. */
  hear<W extends Word>(fits: (word: Word) => word is W): Promise<W>
  /** kill -9; resolves when it is gone and its last word is read. */
  kill(): Promise<void>
  /** Asks it to end, and gives its exit code. */
  close(): Promise<number | null>
  /** Resolves at its end with what it wrote to standard error, should nobody have killed or closed it. */
  endedByItself: Promise<string>
}

export function startAppProcess(
  program: string,
  options: SoakAppOptions,
  onWord: (word: Word) => void,
): AppProcess {
  const { PATH = '', HOME = '' } = process.env
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(
    process.execPath,
    ['--enable-source-maps', program, JSON.stringify(options)],
    { env: { PATH, HOME }, stdio: ['pipe', 'pipe', 'pipe'] },
  )
  child.stdin.on('error', () => {}) // it was killed while it was told something
  let isEnding = false
  let stderr = ''
  child.stderr.on('data', (text) => {
    stderr = (stderr + String(text)).slice(-4000)
  })
  const ears = new Set<(word: Word) => void>()
  createInterface(child.stdout).on('line', (line) => {
    const word = parseWord(line)
    if (!word) return // the kill cut it
    onWord(word)
    for (const ear of [...ears]) ear(word)
  })
  const closed = once(child, 'close').then(([code, signal]) => ({ code: code as number | null, signal }))
  const stop = async (end: () => void) => {
    isEnding = true
    end()
    return (await closed).code
  }
  return {
    order: (order) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    hear: (fits) =>
      new Promise((resolve, reject) => {
        const ear = (word: Word) => {
          if (!fits(word)) return
          ears.delete(ear)
          resolve(word)
        }
        ears.add(ear)
        void closed.then(() => reject(new Error(`The app ended before it answered. ${stderr}`)))
      }),
    kill: async () => void (await stop(() => child.kill('SIGKILL'))),
    close: () => stop(() => child.stdin.write(`${JSON.stringify({ do: 'close' } satisfies Order)}\n`)),
    endedByItself: new Promise((resolve) => {
      void closed.then(({ code, signal }) => {
        if (!isEnding) resolve(`ended with ${signal ?? code}. ${stderr}`)
      })
    }),
  }
}

function parseWord(line: string): Word | null {
  try {
    return JSON.parse(line) as Word
  } catch {
    return null
  }
}
