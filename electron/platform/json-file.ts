import { open } from 'node:fs/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import { Tokenizer, TokenParser, TokenType } from '@streamparser/json'
import { InvalidInputError } from '#shared/errors.ts'

const SLICE = 64 * 1024
/** Deeper than any file that people exchange; each level costs memory while the file is read. */
const DEEPEST = 200

export interface ReadJsonOptions {
  /** Bytes; a larger file is refused unread. */
  limit: number
  signal: AbortSignal
  onProgress?: (done: number, total: number) => void
}

/**
 * The value in a JSON file, read in slices so that nothing else waits (a slice takes some 6 ms). Objects have no
 * prototype. Throws InvalidInputError with where it broke.
 */
export async function readJsonFile(path: string, options: ReadJsonOptions): Promise<unknown> {
  const { limit, signal, onProgress = () => {} } = options
  await using file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new InvalidInputError('FILE_UNREADABLE', unreadable(path, cause), {}, { cause })
  })
  const status = await file.stat()
  if (!status.isFile()) throw new InvalidInputError('FILE_UNREADABLE', `“${path}” is no file.`)
  if (status.size > limit) throw new InvalidInputError('FILE_TOO_LARGE', tooLarge(status.size, limit))
  const parser = new JsonReader()
  const buffer = new Uint8Array(SLICE)
  for (let done = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, SLICE, null)
    if (bytesRead === 0) return parser.end()
    parser.write(buffer.subarray(0, bytesRead))
    done += bytesRead
    if (done > limit) throw new InvalidInputError('FILE_TOO_LARGE', tooLarge(done, limit))
    onProgress(done, Math.max(done, status.size))
    await breathe()
    signal.throwIfAborted()
  }
}

/** Bytes in, one value out; knows where it is. */
class JsonReader {
  readonly #text = new TextDecoder('utf-8', { fatal: true })
  readonly #tokenizer = new Tokenizer({ stringBufferSize: SLICE })
  readonly #values = new TokenParser({ paths: ['$'] })
  #value: unknown
  #depth = 0
  /** Bytes before this slice, lines before it, and where the last of them begins. */
  #before = 0
  #lines = 0
  #lineStart = 0
  #lastToken = 0

  constructor() {
    this.#tokenizer.onToken = (token) => {
      this.#lastToken = token.offset
      if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) this.#deeper()
      if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) this.#depth--
      this.#values.write(token)
    }
    this.#values.onValue = ({ value }) => {
      this.#value = value
    }
  }

  write(slice: Uint8Array): void {
    const bytes = this.#before === 0 ? withoutMark(slice) : slice
    this.#checkText(bytes)
    try {
      this.#tokenizer.write(bytes)
    } catch (cause) {
      throw this.#broken(bytes, cause)
    }
    this.#count(bytes, bytes.length)
    this.#before += bytes.length
  }

  end(): unknown {
    if (this.#before === 0) throw new InvalidInputError('FILE_NOT_JSON', 'The file is empty.')
    try {
      this.#text.decode() // throws when a character is cut in two
      if (!this.#tokenizer.isEnded) this.#tokenizer.end()
      if (!this.#values.isEnded) this.#values.end()
    } catch (cause) {
      throw this.#cutOff(cause)
    }
    if (this.#value === undefined) throw this.#cutOff(undefined)
    return this.#value
  }

  /** Only to learn whether it is text: the tokenizer reads the bytes itself. */
  #checkText(bytes: Uint8Array): void {
    try {
      this.#text.decode(bytes, { stream: true })
    } catch (cause) {
      const message = 'The file is not text in UTF-8. Export it again, or save it with the encoding UTF-8.'
      throw new InvalidInputError('FILE_NOT_TEXT', message, {}, { cause })
    }
  }

  #deeper(): void {
    this.#depth += 1
    if (this.#depth > DEEPEST) throw new Error('too deep')
  }

  #broken(bytes: Uint8Array, cause: unknown): InvalidInputError {
    const said = /absolute position "(\d+)"/.exec(cause instanceof Error ? cause.message : '')?.[1]
    const at = said === undefined ? this.#lastToken : Number(said)
    if (at === 0) return new InvalidInputError('FILE_NOT_JSON', 'This is no JSON file.', {}, { cause })
    this.#count(bytes, Math.max(0, at - this.#before))
    const message = `The file is broken at ${this.#place(at)}: no JSON goes on like that. Export it again.`
    return new InvalidInputError('FILE_BROKEN', message, {}, { cause })
  }

  #cutOff(cause: unknown): InvalidInputError {
    const message = `The file is cut off: it ends in the middle, at ${this.#place(this.#before)}. Export it again.`
    return new InvalidInputError('FILE_CUT_OFF', message, {}, { cause })
  }

  #count(bytes: Uint8Array, length: number): void {
    for (let at = bytes.indexOf(10); at !== -1 && at < length; at = bytes.indexOf(10, at + 1)) {
      this.#lines += 1
      this.#lineStart = this.#before + at + 1
    }
  }

  #place(at: number): string {
    return `line ${number(this.#lines + 1)}, column ${number(Math.max(0, at - this.#lineStart) + 1)}`
  }
}

/** Windows programs put a mark before UTF-8. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

function tooLarge(size: number, limit: number): string {
  const mb = (bytes: number) => number(Math.round(bytes / 1e6))
  return `The file has ${mb(size)} MB; at most ${mb(limit)} MB can be read. Split the board, then export it again.`
}

function unreadable(path: string, { code }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no file “${path}”.`
  if (code === 'EACCES' || code === 'EPERM') return `You may not read “${path}”. Give yourself the right to.`
  return `“${path}” could not be read (${code ?? 'unknown'}).`
}

function number(value: number): string {
  return value.toLocaleString('en')
}
