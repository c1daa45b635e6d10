/** What has been opened, closed again in the opposite order; one part that fails to close does not keep the others open. */
export class Shutdown implements AsyncDisposable {
  readonly #closers: (() => unknown)[] = []
  readonly #onError: (error: unknown) => void
  #closing: Promise<void> = Promise.resolve()

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** Closes `part` at the end. */
  use<T extends AsyncDisposable | Disposable>(part: T): T {
    this.defer(() => (Symbol.asyncDispose in part ? part[Symbol.asyncDispose]() : part[Symbol.dispose]()))
    return part
  }

  /** Calls `close` at the end. */
  defer(close: () => unknown): void {
    this.#closers.push(close)
  }

  /** May be called again, also while it is under way (impatient people quit twice): then it waits for the end. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closing = this.#closing.then(() => this.#closeAll())
    return this.#closing
  }

  async #closeAll(): Promise<void> {
    for (let close = this.#closers.pop(); close; close = this.#closers.pop()) {
      try {
        await close()
      } catch (error) {
        this.#onError(error)
      }
    }
  }
}
