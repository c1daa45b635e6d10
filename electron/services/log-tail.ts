import { type FileHandle, open, stat } from 'node:fs/promises'

const CHUNK = 64 * 1024
/** Bytes of a file that are looked through for its last lines; lines are long at level debug. */
const MOST_BYTES = 8 * 1024 * 1024
const LINE_FEED = 0x0a

/** The last lines of a file, oldest first, and where they end; reads the file from its end, and no more than needed. */
export async function lastLines(file: FileHandle, count: number): Promise<{ lines: string[]; end: number }> {
  const { size } = await file.stat()
  let start = size
  let bytes = Buffer.alloc(0)
  let feeds = 0
  while (start > 0 && feeds <= count && size - start < MOST_BYTES) {
    const length = Math.min(CHUNK, start)
    const chunk = Buffer.alloc(length)
    await readFully(file, chunk, start - length)
    start -= length
    feeds += chunk.reduce((sum, byte) => sum + (byte === LINE_FEED ? 1 : 0), 0)
    bytes = Buffer.concat([chunk, bytes])
  }
  const end = bytes.lastIndexOf(LINE_FEED) + 1 // a line that is being written comes later, whole
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1)
  if (start > 0) lines.shift() // cut in its middle
  return { lines: count === 0 ? [] : lines.slice(-count), end: start + end }
}

/** What has been added to a file behind a position, in whole lines; at most about a megabyte at a time. */
async function linesAfter(file: FileHandle, position: number): Promise<{ lines: string[]; end: number }> {
  const { size } = await file.stat()
  if (size < position) return { lines: [], end: 0 } // somebody has emptied it
  const bytes = Buffer.alloc(Math.min(size - position, 1024 * 1024))
  await readFully(file, bytes, position)
  const end = bytes.lastIndexOf(LINE_FEED) + 1
  // A line that is longer than that is skipped in pieces: nothing of ours is.
  if (end === 0 && bytes.length === 1024 * 1024) return { lines: [], end: position + bytes.length }
  return { lines: bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1), end: position + end }
}

/** Null where there is none. */
export async function openIfThere(path: string): Promise<FileHandle | null> {
  return open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}

async function readFully(file: FileHandle, into: Buffer, position: number): Promise<void> {
  let done = 0
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done)
    if (bytesRead === 0) return
    done += bytesRead
  }
}

/** A file that grows, and may be begun anew under its name; whoever opens it closes it. */
export class GrowingFile implements AsyncDisposable {
  readonly #path: string
  #file: FileHandle | null
  #position = 0

  private constructor(path: string, file: FileHandle | null) {
    this.#path = path
    this.#file = file
  }

  /** The file need not be there yet. */
  static async open(path: string): Promise<GrowingFile> {
    return new GrowingFile(path, await openIfThere(path))
  }

  /** The last lines; `more` goes on behind them. */
  async last(count: number): Promise<string[]> {
    if (!this.#file) return []
    const { lines, end } = await lastLines(this.#file, count)
    this.#position = end
    return lines
  }

  /** What has been added since; nothing when nothing was. */
  async more(): Promise<string[]> {
    // Asked before it is read: nothing comes behind the end of a file that is over.
    const isOver = this.#file === null || (await this.#isReplaced(this.#file))
    const lines = await this.#read()
    if (lines.length > 0 || !isOver) return lines
    await this.#file?.close()
    this.#file = await openIfThere(this.#path)
    this.#position = 0
    return this.#read()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.close()
  }

  async #read(): Promise<string[]> {
    if (!this.#file) return []
    const { lines, end } = await linesAfter(this.#file, this.#position)
    this.#position = end
    return lines
  }

  async #isReplaced(file: FileHandle): Promise<boolean> {
    const named = await stat(this.#path, { bigint: true }).catch(() => null)
    const held = await file.stat({ bigint: true })
    return named !== null && (named.ino !== held.ino || named.dev !== held.dev)
  }
}
