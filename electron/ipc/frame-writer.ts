import type { IpcPort, ServerMessage } from '#shared/ipc.ts'

export interface FrameWriterOptions {
  port: IpcPort
  /** How long events wait for company, in milliseconds; the first after a pause leaves at once. 0: none waits. */
  coalesceMs: number
  /** A frame leaves when it holds this many messages. */
  maxFrame: number
  /** What to send in place of a message that cannot be cloned; null: nothing. What came with it is sent. */
  replacement(message: ServerMessage, cause: unknown): ServerMessage | null
}

/** Gathers messages to the window into frames, in the order in which they were given. */
export interface FrameWriter {
  /** Replies and states: leaves now, after everything that still waits. */
  now(message: ServerMessage): void
  /** Events: leaves with the next frame. */
  soon(message: ServerMessage): void
  flush(): void
  /** Flushes and then drops all that comes. */
  stop(): void
}

export function createFrameWriter(options: FrameWriterOptions): FrameWriter {
  const { port, coalesceMs, maxFrame } = options
  let frame: ServerMessage[] = []
  let unplan: (() => void) | null = null
  let lastFlush = -Infinity
  let stopped = false

  function flush(): void {
    unplan?.()
    unplan = null
    if (frame.length === 0) return
    const messages = frame
    frame = []
    lastFlush = performance.now()
    try {
      port.post(messages)
    } catch {
      for (const message of messages) postAlone(message)
    }
  }

  function postAlone(message: ServerMessage): void {
    try {
      port.post([message])
    } catch (cause) {
      const replacement = options.replacement(message, cause)
      if (replacement !== null) port.post([replacement])
    }
  }

  return {
    flush,
    now(message) {
      if (stopped) return
      frame.push(message)
      flush()
    },
    soon(message) {
      if (stopped) return
      frame.push(message)
      if (coalesceMs <= 0 || frame.length >= maxFrame) flush()
      else unplan ??= plan(flush, coalesceMs - (performance.now() - lastFlush))
    },
    stop() {
      flush()
      stopped = true
    },
  }
}

/** Does it after so many milliseconds, else when this turn of the loop is over: a timer would come a millisecond later. */
function plan(work: () => void, ms: number): () => void {
  if (ms <= 0) {
    const immediate = setImmediate(work)
    return () => clearImmediate(immediate)
  }
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}
