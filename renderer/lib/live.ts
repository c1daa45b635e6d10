/** What a person should know of a live connection. */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting'

export interface LiveMessage<T> {
  id: string
  data: T
}

export interface LiveHandlers<T> {
  onData(message: LiveMessage<T>): void
  onStarted(): void
  onLost(): void
  onError(error: unknown): void
}

/** The handlers as a tRPC subscription takes them: a lost connection is told by its state. */
export function subscriberOf<T>({ onStarted, onData, onError, onLost }: LiveHandlers<T>) {
  return {
    onStarted,
    onData,
    onError,
    onConnectionStateChange: ({ state, error }: { state: string; error: unknown }) => {
      if (state === 'connecting' && error) onLost()
    },
  }
}

export interface LiveOptions<T> {
  /** Subscribes behind an event id and returns what ends it. */
  open(lastEventId: string, handlers: LiveHandlers<T>): () => void
  lastEventId: string
  /**
   * All that came since the last call, in order: at once after a pause, else with the next frame, or later when it takes
   * long to show.
   */
  onBatch(messages: readonly LiveMessage<T>[]): void
  onStatus?: (status: LiveStatus) => void
  /** True when trying again makes no sense: what was followed is gone. */
  isFinal?: (error: unknown) => boolean
  /** Least time between two batches, in milliseconds. */
  flushMs?: number
}

/** About one frame. A timer and not requestAnimationFrame: a hidden window gets no frames, but must not pile up events. */
const FRAME_MS = 16
/** Between two batches is so many times what the first took to show: a stream of events leaves keys and mouse their turn. */
const REST = 3
const LONGEST_REST_MS = 100
const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 5_000

/**
 * Follows a resumable subscription until the returned function is called: events arrive in batches, and after a failure
 * it subscribes again behind the last event that came, waiting longer each time.
 */
export function followLive<T>(options: LiveOptions<T>): () => void {
  let lastEventId = options.lastEventId
  let waiting: LiveMessage<T>[] = []
  let flushTimer: ReturnType<typeof setTimeout> | undefined
  let shownAt = Number.NEGATIVE_INFINITY
  const least = options.flushMs ?? FRAME_MS
  let rest = least
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let close: (() => void) | undefined
  let attempt = 0
  let ended = false

  const flush = () => {
    flushTimer = undefined
    const start = performance.now()
    shownAt = start
    const batch = waiting
    waiting = []
    if (batch.length === 0 || ended) return
    options.onBatch(batch)
    // The query cache draws in a task of its own, which this one comes behind.
    setTimeout(() => {
      shownAt = performance.now()
      rest = Math.max(least, Math.min(LONGEST_REST_MS, REST * (shownAt - start)))
    }, 0)
  }

  const start = () => {
    options.onStatus?.(attempt === 0 ? 'connecting' : 'reconnecting')
    close = options.open(lastEventId, {
      onStarted: () => {
        attempt = 0
        options.onStatus?.('live')
      },
      onLost: () => options.onStatus?.('reconnecting'),
      onData: (message) => {
        lastEventId = message.id
        waiting.push(message)
        flushTimer ??= setTimeout(flush, Math.max(0, rest - (performance.now() - shownAt)))
      },
      onError: (error) => {
        if (ended || options.isFinal?.(error)) return
        options.onStatus?.('reconnecting')
        retryTimer = setTimeout(start, Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt))
        attempt += 1
      },
    })
  }

  start()
  return () => {
    ended = true
    clearTimeout(flushTimer)
    clearTimeout(retryTimer)
    close?.()
  }
}
