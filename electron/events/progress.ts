/** How far something long has come; `total` is 0 while it is not known. */
export interface Progress {
  phase: string
  done: number
  total: number
}

/**
 * How far calls that take long have come, by an id that the caller chose: the call itself answers once, and those who
 * want to watch it meanwhile follow its id. Kept in memory only, and only while the call lasts or somebody looks.
 */
export class ProgressDesk {
  readonly #now = new Map<string, Progress>()
  readonly #ears = new Map<string, Set<() => void>>()

  /** Undefined ends it. */
  report(id: string, progress: Progress | undefined): void {
    if (progress) this.#now.set(id, progress)
    else this.#now.delete(id)
    for (const ring of this.#ears.get(id) ?? []) ring()
  }

  /** The newest state whenever it has changed, until the signal aborts; who is slow misses what lies between. */
  async *follow(id: string, signal: AbortSignal): AsyncGenerator<Progress> {
    let ring = () => {}
    const listen = () => ring()
    const ears = this.#ears.get(id) ?? new Set()
    this.#ears.set(id, ears.add(listen))
    signal.addEventListener('abort', listen)
    try {
      while (!signal.aborted) {
        const next = new Promise<void>((resolve) => {
          ring = resolve
        })
        const now = this.#now.get(id)
        if (now) yield now
        if (signal.aborted) return
        await next
      }
    } finally {
      signal.removeEventListener('abort', listen)
      ears.delete(listen)
      if (ears.size === 0) this.#ears.delete(id)
    }
  }
}
