import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { AppError, InvalidInputError } from '#shared/errors.ts'
import { sqlState } from '../error.ts'
import { BackupFooter, BackupHeader, COMMENT, damaged, END_OF_ROWS } from './format.ts'

/** A backup, opened; its parts must be read in this order. */
export interface BackupReader extends AsyncDisposable {
  header: BackupHeader
  /** The rows of the next table of the header, as text, to their end. */
  rows(): AsyncGenerator<Buffer>
  /** Checksums and sequences; after the last table. */
  footer(): Promise<BackupFooter>
}

/** Opens a file and reads its header. Throws the sentence for a file that is missing, damaged or no backup. */
export async function openBackup(file: string, signal: AbortSignal): Promise<BackupReader> {
  // A signal of this file alone: many may be read at a time.
  const packed = createReadStream(file, { signal: AbortSignal.any([signal]) })
  const text = createGunzip()
  packed.on('error', (error) => text.destroy(error))
  const lines = new Lines(packed.pipe(text))
  const close = async () => {
    packed.destroy()
    text.destroy()
  }
  const explained = async <T>(read: () => Promise<T>): Promise<T> => {
    try {
      return await read()
    } catch (error) {
      await close()
      signal.throwIfAborted()
      throw explain(file, error)
    }
  }
  const header = await explained(async () => BackupHeader.parse(await readJson(lines)))
  async function* rows(): AsyncGenerator<Buffer> {
    await explained(() => lines.next()) // COPY …
    for (;;) {
      const part = await explained(() => lines.rows())
      if (part === null) return
      yield part
    }
  }
  return {
    header,
    rows,
    footer: () => explained(async () => BackupFooter.parse(await readJson(lines))),
    [Symbol.asyncDispose]: close,
  }
}

async function readJson(lines: Lines): Promise<unknown> {
  const line = await lines.next()
  if (!line.startsWith(COMMENT)) throw new SyntaxError('a line is not where it should be')
  return JSON.parse(line.slice(COMMENT.length))
}

function explain(file: string, error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  const state = sqlState(error) ?? ''
  if (state === 'ENOENT') return new InvalidInputError('NO_SUCH_BACKUP', `There is no file ${file}.`)
  if (['EACCES', 'EISDIR', 'EPERM'].includes(state))
    return new InvalidInputError('BACKUP_UNREADABLE', `${file} cannot be read. Name a readable backup file.`)
  if (state === 'Z_DATA_ERROR' && /header check/.test(error.message))
    return damaged(file, 'it is no backup', error)
  if (state === 'Z_BUF_ERROR') return damaged(file, 'its end is missing', error)
  if (state.startsWith('Z_')) return damaged(file, 'its contents are broken', error)
  return damaged(file, error instanceof SyntaxError ? error.message : 'it is not what this app writes', error)
}

/** More than any header needs: a broken file must not fill the memory. */
const LONGEST_LINE = 16 * 1024 * 1024

/** Lines and rows out of a stream of chunks. */
class Lines {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  /** The next line, without its end. */
  async next(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf('\n')
      if (end >= 0) return this.#take(end + 1).toString('utf8', 0, end)
      if (this.#rest.length > LONGEST_LINE) throw new SyntaxError('a line is too long')
      await this.#more()
    }
  }

  /** Whole rows, as many as have come; null after the line that ends them. */
  async rows(): Promise<Buffer | null> {
    for (;;) {
      if (this.#rest.length >= END_OF_ROWS.length && this.#rest.indexOf(END_OF_ROWS) === 0) {
        this.#take(END_OF_ROWS.length)
        return null
      }
      const end = this.#rest.indexOf(`\n${END_OF_ROWS}`)
      const whole = end >= 0 ? end + 1 : this.#rest.lastIndexOf('\n') + 1
      if (end >= 0 || whole > 0) return this.#take(whole)
      await this.#more()
    }
  }

  #take(length: number): Buffer {
    const part = this.#rest.subarray(0, length)
    this.#rest = this.#rest.subarray(length)
    return part
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#chunks.next()
    if (done) throw new SyntaxError('its end is missing')
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value])
  }
}
