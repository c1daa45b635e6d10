/** Something new may be read about a topic: `board:<id>`, `presence:<board>`, `execution:<id>`, `user:<id>`, … */
export type Topic =
  | `board:${string}`
  | `presence:${string}`
  | `execution:${string}`
  | `user:${string}`
  /** What agents ask people, on whatever board. */
  | 'approvals'
  | 'boards'
  /** Something that runs, on whatever board. */
  | 'agents'
  | 'cancel'
  /** A card found a column full to which its agents would bring it. */
  | 'room'
  /** How many runs this app may do at once; of no other app's interest. */
  | 'limits'
  | 'database'

/** One reader's ear on a topic. A wake that comes while the reader is busy is kept for its next wait. */
export interface Ear extends Disposable {
  /** Resolves at the next wake, at once when one came since the last call, or when the signal aborts. */
  heard(signal: AbortSignal): Promise<void>
}

/**
 * Tells readers that rows have been committed; carries no data, so nothing can be lost or come out of order:
 * each reader reads on from its own cursor.
 */
export class Wakeups {
  readonly #ears = new Map<Topic, Set<() => void>>()
  readonly #onWake: (topic: Topic) => void

  constructor(onWake: (topic: Topic) => void = () => {}) {
    this.#onWake = onWake
  }

  wake(topic: Topic): void {
    this.#onWake(topic)
    for (const ring of this.#ears.get(topic) ?? []) ring()
  }

  /** After a gap in listening, everybody looks once. */
  wakeAll(): void {
    for (const rings of this.#ears.values()) for (const ring of rings) ring()
  }

  listen(topic: Topic): Ear {
    let rung = false
    let resolve: (() => void) | null = null
    const ring = () => {
      rung = true
      resolve?.()
    }
    const rings = this.#ears.get(topic) ?? new Set()
    this.#ears.set(topic, rings.add(ring))
    return {
      heard: async (signal) => {
        if (!rung && !signal.aborted) {
          await new Promise<void>((done) => {
            const end = () => {
              signal.removeEventListener('abort', end)
              done()
            }
            resolve = end
            signal.addEventListener('abort', end)
          })
        }
        rung = false
        resolve = null
      },
      [Symbol.dispose]: () => {
        rings.delete(ring)
        if (rings.size === 0) this.#ears.delete(topic)
      },
    }
  }
}

/** Whether what came over the database's channel names something that we know. */
export function isTopic(text: string): text is Topic {
  return (
    text === 'approvals' ||
    text === 'boards' ||
    text === 'agents' ||
    text === 'cancel' ||
    text === 'room' ||
    text === 'database' ||
    /^(?:board|presence|execution|user):/.test(text)
  )
}
