/** Tells of windows that are closed, maybe several at once, which one is the last. */
export class LastWindow<Window extends object> {
  readonly #open: () => readonly Window[]
  /** They are counted among the open ones until they are gone. */
  readonly #closing = new WeakSet<Window>()

  constructor(open: () => readonly Window[]) {
    this.#open = open
  }

  /** Whether no other window stays. */
  is(window: Window): boolean {
    return this.#open().every((one) => one === window || this.#closing.has(one))
  }

  /** It will be gone in a moment. */
  noteClosing(window: Window): void {
    this.#closing.add(window)
  }

  /** It was to be closed, and stays. */
  noteStays(window: Window): void {
    this.#closing.delete(window)
  }
}
