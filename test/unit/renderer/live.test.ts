import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followLive, type LiveHandlers, type LiveStatus } from '../../../renderer/lib/live.ts'

/** A subscription in the hands of the test. */
function source() {
  const opened: { lastEventId: string; handlers: LiveHandlers<string>; isOpen: boolean }[] = []
  return {
    opened,
    get last() {
      const latest = opened.at(-1)
      if (!latest) throw new Error('nothing was opened')
      return latest
    },
    open(lastEventId: string, handlers: LiveHandlers<string>) {
      const one = { lastEventId, handlers, isOpen: true }
      opened.push(one)
      return () => {
        one.isOpen = false
      }
    },
  }
}

describe('following live events', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  function follow({ isFinal = false, drawMs = 0 } = {}) {
    const from = source()
    const batches: string[][] = []
    const statuses: LiveStatus[] = []
    let drawn = 0
    vi.spyOn(performance, 'now').mockImplementation(() => Date.now() + drawn)
    const stop = followLive<string>({
      open: from.open,
      lastEventId: '5',
      onBatch: (lines) => {
        batches.push(lines.map((line) => line.data))
        // As the query cache does, which draws in a task of its own.
        setTimeout(() => {
          drawn += drawMs
        }, 0)
      },
      onStatus: (status) => statuses.push(status),
      isFinal: () => isFinal,
    })
    return { from, batches, statuses, stop }
  }

  it('hands out all events of a frame as one batch', () => {
    const { from, batches } = follow()
    from.last.handlers.onData({ id: '6', data: 'a' })
    from.last.handlers.onData({ id: '7', data: 'b' })
    expect(batches).toEqual([])
    vi.runAllTimers()
    expect(batches).toEqual([['a', 'b']])
  })

  it('hands out the first event after a pause at once, and what follows with the next frame', () => {
    const { from, batches } = follow()
    from.last.handlers.onData({ id: '6', data: 'a' })
    vi.advanceTimersByTime(0)
    expect(batches).toEqual([['a']])
    from.last.handlers.onData({ id: '7', data: 'b' })
    vi.advanceTimersByTime(10)
    from.last.handlers.onData({ id: '8', data: 'c' })
    expect(batches).toHaveLength(1)
    vi.advanceTimersByTime(6)
    expect(batches).toEqual([['a'], ['b', 'c']])
  })

  it('rests longer after a batch that took long to show', () => {
    const { from, batches } = follow({ drawMs: 20 })
    from.last.handlers.onData({ id: '6', data: 'a' })
    vi.advanceTimersByTime(1)
    from.last.handlers.onData({ id: '7', data: 'b' })
    vi.advanceTimersByTime(50)
    expect(batches).toEqual([['a']])
    vi.advanceTimersByTime(20)
    expect(batches).toEqual([['a'], ['b']])
  })

  it('shows what comes within a tenth of a second, however long that takes', () => {
    const { from, batches } = follow({ drawMs: 400 })
    from.last.handlers.onData({ id: '6', data: 'a' })
    vi.advanceTimersByTime(1)
    from.last.handlers.onData({ id: '7', data: 'b' })
    vi.advanceTimersByTime(100)
    expect(batches).toEqual([['a'], ['b']])
  })

  it('subscribes again behind the last event, waiting longer each time', () => {
    const { from, statuses } = follow()
    from.last.handlers.onData({ id: '6', data: 'a' })
    from.last.handlers.onError(new Error('gone'))
    vi.advanceTimersByTime(249)
    expect(from.opened).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(from.last.lastEventId).toBe('6')
    from.last.handlers.onError(new Error('gone'))
    vi.advanceTimersByTime(499)
    expect(from.opened).toHaveLength(2)
    vi.advanceTimersByTime(1)
    from.last.handlers.onStarted()
    expect(statuses.at(-1)).toBe('live')
    expect(statuses).toContain('reconnecting')
  })

  it('does not try again what is gone for good', () => {
    const { from } = follow({ isFinal: true })
    from.last.handlers.onError(new Error('not found'))
    vi.runAllTimers()
    expect(from.opened).toHaveLength(1)
  })

  it('delivers nothing and leaves nothing open after its end', () => {
    const { from, batches, stop } = follow()
    from.last.handlers.onData({ id: '6', data: 'a' })
    stop()
    vi.runAllTimers()
    expect(batches).toEqual([])
    expect(from.last.isOpen).toBe(false)
  })
})
