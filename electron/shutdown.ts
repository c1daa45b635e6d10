/** What has been opened, closed again in the opposite order; one part that fails to close does not keep the others open. */
export class Shutdown implements AsyncDisposable {
  readonly #closers: (() => unknown)[] = []
  readonly #onError: (error: unknown) => void

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

  /** May be called twice; the second call finds nothing to do. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (let close = this.#closers.pop(); close; close = this.#closers.pop()) {
      try {
        await close()
      } catch (error) {
        this.#onError(error)
      }
    }
  }
}
