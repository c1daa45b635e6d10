/** One entry, or the news that what the reader asked for is no longer kept: it must fetch a snapshot anew. */
export type RingLogEntry<T> = { seq: number; value: T } | { seq: number; reset: true }

/** The last so many values of a fast source, numbered 1, 2, 3 … for readers that may lag, leave and come back. */
export interface RingLog<T> {
  /** Adds a value, in constant time however many readers there are, and returns its number. */
  append(value: T): number
  /** The number of the newest value; 0 when there is none yet. */
  readonly lastSeq: number
  /**
   * Reads what comes after the number, old and new, until the signal aborts. Nothing is queued for a reader: each `next()`
   * takes from the ring. One that fell out of it, or whose number the log never gave, gets one `reset` whose `seq` is
   * the newest number, and goes on behind that.
   */
  read(afterSeq: number, signal: AbortSignal): AsyncGenerator<RingLogEntry<T>, void, void>
}

/** A ring log that keeps `capacity` values. */
export function createRingLog<T>(capacity: number): RingLog<T> {
  if (!Number.isSafeInteger(capacity) || capacity < 1)
    throw new RangeError('A ring log keeps at least 1 value')
  const ring: T[] = []
  const sleepers = new Set<() => void>()
  let lastSeq = 0

  function appended(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        sleepers.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      sleepers.add(wake)
      signal.addEventListener('abort', wake, { once: true })
    })
  }

  return {
    append(value) {
      lastSeq++
      ring[(lastSeq - 1) % capacity] = value
      for (const wake of [...sleepers]) wake()
      return lastSeq
    },
    get lastSeq() {
      return lastSeq
    },
    async *read(afterSeq, signal) {
      let seq = afterSeq
      while (!signal.aborted) {
        if (seq > lastSeq || seq < lastSeq - capacity) {
          seq = lastSeq
          yield { seq, reset: true }
        } else if (seq < lastSeq) {
          seq++
          yield { seq, value: ring[(seq - 1) % capacity] as T }
        } else await appended(signal)
      }
    },
  }
}
