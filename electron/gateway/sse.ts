/** A longer event is passed over, characters: none that tells of usage is. */
const LONGEST_EVENT = 4 * 1024 * 1024

/** Reads the data of server-sent events from pieces that may be cut anywhere; what it keeps is bounded. */
export class EventReader {
  readonly #decoder = new TextDecoder()
  readonly #onData: (data: string) => void
  /** The line that has not ended. */
  #line = ''
  #data: string[] = []
  #length = 0

  constructor(onData: (data: string) => void) {
    this.#onData = onData
  }

  push(chunk: Uint8Array): void {
    const lines = (this.#line + this.#decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    this.#line = lines.pop() ?? ''
    for (const line of lines) this.#read(line)
    if (this.#line.length > LONGEST_EVENT) {
      this.#line = '' // its end looks like a field that nobody knows
      this.#length = Number.POSITIVE_INFINITY
    }
  }

  /** A last event without the empty line behind it counts too. */
  end(): void {
    this.#read(this.#line)
    this.#read('')
    this.#line = ''
  }

  #read(line: string): void {
    if (line === '' || line === '\r') this.#tell()
    if (!line.startsWith('data:')) return
    this.#length += line.length
    if (this.#length > LONGEST_EVENT) this.#data = []
    else this.#data.push(line.slice(line[5] === ' ' ? 6 : 5).replace(/\r$/, ''))
  }

  #tell(): void {
    const data = this.#data.join('\n')
    const isWhole = this.#length <= LONGEST_EVENT
    this.#data = []
    this.#length = 0
    if (data && isWhole) this.#onData(data)
  }
}
