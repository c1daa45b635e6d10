import { rename, stat } from 'node:fs/promises'
import pino from 'pino'

/** What is not yet on the disk, in bytes: when the disk takes nothing more, later lines are dropped. */
const MOST_WAITING = 8 * 1024 * 1024

export interface RotatingFileOptions {
  path: string
  /** Bytes, more or less, after which a new file is begun. */
  mostBytes: number
  /** Earlier files that are kept: `<path>.1` is the newest of them. */
  keep: number
}

export interface RotatingFile extends AsyncDisposable {
  write(line: string): void
}

/**
 * Appends lines to a file, and begins a new one when it is full. Of our own, since pino-roll changes the name of the
 * file that is written (which a viewer follows), and rotating-file-stream gives up pino's own fast destination, which
 * can already open its file anew. Two processes may write the same file. A full disk loses lines, not the app.
 */
export async function openRotatingFile(options: RotatingFileOptions): Promise<RotatingFile> {
  const { path, mostBytes } = options
  const file = pino.destination({
    dest: path,
    append: true,
    mkdir: false,
    sync: false,
    minLength: 0,
    maxLength: MOST_WAITING,
    mode: 0o600,
  })
  file.on('error', () => {}) // without a listener a full disk would end this process
  let size = await sizeOf(path)
  let rotation: Promise<void> | null = null

  async function rotate(): Promise<void> {
    // Where another process has rotated already, its new file only has to be opened.
    if ((await sizeOf(path)) >= mostBytes) await shift(options)
    await reopen(file)
    size = await sizeOf(path)
  }

  return {
    write(line) {
      file.write(line)
      size += Buffer.byteLength(line)
      if (size < mostBytes || rotation) return
      rotation = rotate()
        .catch(() => {
          size = 0 // the folder cannot be changed now: try again after as many bytes
        })
        .finally(() => {
          rotation = null
        })
    },
    async [Symbol.asyncDispose]() {
      while (rotation) await rotation
      await new Promise<void>((resolve) => {
        file.once('close', resolve)
        file.once('error', () => resolve())
        file.end()
      })
    },
  }
}

/** The files of a log, newest first: that which is written, and those that were kept. */
export function logFiles({ path, keep }: Pick<RotatingFileOptions, 'path' | 'keep'>): string[] {
  return [path, ...Array.from({ length: keep }, (_, index) => `${path}.${index + 1}`)]
}

/** Resolves when the new file is open, or cannot be: a file that is ended before that would never close. */
function reopen(file: ReturnType<typeof pino.destination>): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      file.off('ready', done)
      file.off('error', done)
      resolve()
    }
    file.on('ready', done)
    file.on('error', done)
    file.reopen()
  })
}

async function shift(options: RotatingFileOptions): Promise<void> {
  const files = logFiles(options)
  for (let index = files.length - 1; index > 0; index -= 1) {
    const [from, to] = [files[index - 1], files[index]]
    if (from && to) await rename(from, to).catch(ignoreMissing)
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
