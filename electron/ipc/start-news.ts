/** What the app does before it can answer calls, for the windows that wait: a sentence, or null. */
export class StartNews {
  readonly #listeners = new Set<(text: string | null) => void>()
  #current: string | null = null

  tell(text: string | null): void {
    this.#current = text
    for (const listener of this.#listeners) listener(text)
  }

  /** Hears what is told now and later, until the signal aborts. */
  listen(listener: (text: string | null) => void, signal: AbortSignal): void {
    this.#listeners.add(listener)
    signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true })
    if (this.#current !== null) listener(this.#current)
  }
}
