/** Keeps the end of what a process prints. `kept` and what `push` counts are bytes. */
export class OutputTail {
  readonly #kept: number
  #chunks: Buffer[] = []
  #held = 0
  #total = 0

  constructor(kept: number) {
    this.#kept = kept
  }

  /** All bytes so far. */
  get total(): number {
    return this.#total
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#held += chunk.length
    this.#total += chunk.length
    // Joined only now and then, so that a flood of small chunks stays cheap.
    if (this.#held > this.#kept * 2) this.#join()
  }

  /** The end as text; what was left out is said in a first line. */
  text(): string {
    const end = this.#join()
    const left = this.#total - end.length
    const from = left > 0 ? end.findIndex((byte) => (byte & 0xc0) !== 0x80) : 0
    const text = end.subarray(Math.max(0, from)).toString('utf8')
    return left > 0 ? `… ${left} bytes left out\n${text}` : text
  }

  #join(): Buffer {
    const all = Buffer.concat(this.#chunks)
    const end = all.length > this.#kept ? Buffer.from(all.subarray(all.length - this.#kept)) : all
    this.#chunks = [end]
    this.#held = end.length
    return end
  }
}
