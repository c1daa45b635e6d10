/** How often what a call has used so far is written down, milliseconds: an app that is killed loses no more of it. */
export const NOTE_MS = 1000

interface CallNoteOptions<Told> {
  /** What is known of the call by now; null: nothing yet. */
  soFar: () => Told | null
  /** A number for the call's row, which each of its writings has; asked for once. */
  reserve: () => Promise<bigint>
  write: (id: bigint, told: Told) => Promise<unknown>
  /** Told once that a writing has failed; the next ones are tried all the same. */
  onFailed: (error: unknown) => void
  everyMs: number
}

/**
 * Writes down what a call on its way has used so far, now and then, so that it is counted even when the app does not live to
 * see its end. A short call is not written down before its end.
 */
export class CallNote<Told> {
  readonly #options: CallNoteOptions<Told>
  readonly #timer: NodeJS.Timeout
  #id: bigint | null = null
  #last: string | null = null
  #hasFailed = false
  #writing: Promise<void> | null = null

  constructor(options: CallNoteOptions<Told>) {
    this.#options = options
    this.#timer = setInterval(() => this.#note(), options.everyMs)
    this.#timer.unref()
  }

  /** Ends it; gives the number of the row that has to be written anew, null when there is none. */
  async close(): Promise<bigint | null> {
    clearInterval(this.#timer)
    await this.#writing
    return this.#id
  }

  #note(): void {
    if (this.#writing) return
    const told = this.#options.soFar()
    const text = JSON.stringify(told)
    if (told === null || text === this.#last) return
    this.#writing = this.#write(told)
      .then(() => {
        this.#last = text
      })
      .catch((error: unknown) => {
        if (!this.#hasFailed) this.#options.onFailed(error)
        this.#hasFailed = true
      })
      .finally(() => {
        this.#writing = null
      })
  }

  async #write(told: Told): Promise<void> {
    this.#id ??= await this.#options.reserve()
    await this.#options.write(this.#id, told)
  }
}
