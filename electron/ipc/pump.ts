export interface PumpOptions {
  /** How many events may pass at first. */
  credit: number
  /** Credit beyond this is not counted. */
  maxCredit: number
  signal: AbortSignal
  emit(value: unknown): void
  /** Called before the pump sleeps for want of credit, so that nothing is held back meanwhile. */
  starved(): void
}

/** Moves events from a source to the wire, no faster than the window handles them. */
export class Pump {
  readonly #options: PumpOptions
  #credit: number
  /**
   * Wakes the pump from whatever it sleeps on. One slot: Promise.race against one long-lived abort promise would leave a
   * reaction behind for every event.
   */
  #wake: () => void = () => {}

  constructor(options: PumpOptions) {
    this.#options = options
    this.#credit = this.#capped(options.credit)
    options.signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  /** Lets `n` more events through. */
  grant(n: number): void {
    this.#credit = this.#capped(this.#credit + Math.max(0, n))
    this.#wake()
  }

  /** Pulls the source while there is credit, until it runs dry (true) or the signal aborts (false). Rejects as it does. */
  async run(source: AsyncIterator<unknown>): Promise<boolean> {
    const { signal, emit } = this.#options
    while (await this.#credited()) {
      const next = await this.#next(source)
      if (next === null) return false
      if (next.done) return !signal.aborted
      this.#credit--
      emit(next.value)
    }
    return false
  }

  /** Whether to go on: waits for credit, and says no when the signal has aborted. */
  #credited(): boolean | Promise<boolean> {
    const { signal, starved } = this.#options
    if (signal.aborted || this.#credit > 0) return !signal.aborted
    starved()
    return new Promise((resolve) => {
      this.#wake = () => {
        if (signal.aborted || this.#credit > 0) resolve(!signal.aborted)
      }
    })
  }

  /** The source's next step, or null as soon as the signal aborts, even if the source never answers. */
  #next(source: AsyncIterator<unknown>): Promise<IteratorResult<unknown> | null> {
    const { signal } = this.#options
    return new Promise((resolve, reject) => {
      this.#wake = () => {
        if (signal.aborted) resolve(null)
      }
      source.next().then(resolve, (cause) => (signal.aborted ? resolve(null) : reject(cause)))
    })
  }

  #capped(credit: number): number {
    return Math.min(Math.max(0, credit), this.#options.maxCredit)
  }
}
