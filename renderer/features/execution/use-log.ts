import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { ExecutionEvent } from '#shared/execution-event.ts'
import type { LogKind } from '#shared/execution-log.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { errorFacts, isCancelled } from '../../lib/error-text.ts'
import { followLive, type LiveStatus, subscriberOf } from '../../lib/live.ts'
import { api } from '../../lib/trpc.ts'
import { LogWindow } from './log-window.ts'

/** At most so many chunks in one answer. */
const AT_ONCE = 4

export interface Log {
  rows: LogWindow
  /** Another number whenever the rows have changed. */
  version: number
  status: LiveStatus
  /** Why the end of the log could not be read. */
  error: unknown
  retry: () => void
  /** Reads what of these chunks is not here; resolves when they are, or cannot be read now. */
  need: (chunks: readonly number[]) => Promise<void>
}

/** What the agents of an execution did and do, of the given kinds: its end first, and any other part when it is needed. */
export function useLog(id: ExecutionId, kinds: readonly LogKind[] | null): Log {
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run, choice or try is another log
  const rows = useMemo(() => new LogWindow(kinds), [id, kinds, turn])
  const [status, setStatus] = useState<LiveStatus>('connecting')
  const [error, setError] = useState<unknown>(null)
  const version = useSyncExternalStore(rows.subscribe, rows.version)
  const retry = useCallback(() => setTurn((now) => now + 1), [])

  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    let unfollow = () => {}
    setError(null)
    setStatus('connecting')
    const open = async () => {
      const asked = kinds === null ? { id } : { id, kinds: [...kinds] }
      const page = await api.executions.events.query(asked, { signal })
      if (signal.aborted) return
      rows.setPage(page)
      unfollow = followExecution(id, page.last_sequence, (events) => rows.apply(events), setStatus)
      const outline = await api.executions.outline.query(asked, { signal })
      if (!signal.aborted) rows.setOutline(outline)
    }
    open().catch((reason: unknown) => {
      if (!signal.aborted && !isCancelled(reason)) setError(reason)
    })
    return () => {
      abort.abort()
      unfollow()
    }
  }, [id, kinds, rows])

  const need = useNeed(id, kinds, rows)
  return { rows, version, status, error, retry, need }
}

function useNeed(id: ExecutionId, kinds: readonly LogKind[] | null, rows: LogWindow): Log['need'] {
  const reading = useRef(new Map<number, Promise<void>>())
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is on its way belongs to one log
  useEffect(() => {
    reading.current = new Map()
  }, [rows])
  return useCallback(
    async (chunks) => {
      const mine = reading.current
      const missing = rows.missing(chunks).filter((chunk) => !mine.has(chunk))
      for (let at = 0; at < missing.length; at += AT_ONCE) {
        const some = missing.slice(at, at + AT_ONCE)
        const read = api.executions.events
          .query({ id, chunks: some, ...(kinds && { kinds: [...kinds] }) })
          .then((page) => rows.setPage(page))
          .catch(() => {}) // asked for again when they are looked at again
          .finally(() => {
            for (const chunk of some) mine.delete(chunk)
          })
        for (const chunk of some) mine.set(chunk, read)
      }
      await Promise.all(chunks.map((chunk) => mine.get(chunk)))
    },
    [id, kinds, rows],
  )
}

/** Follows the log of an execution after a sequence number; returns what ends it. */
export function followExecution(
  id: ExecutionId,
  after: number,
  onEvents: (events: readonly ExecutionEvent[]) => void,
  onStatus?: (status: LiveStatus) => void,
): () => void {
  return followLive<ExecutionEvent>({
    lastEventId: String(after),
    open: (lastEventId, handlers) => {
      const subscription = api.executions.onEvent.subscribe(
        { executionId: id, lastEventId },
        subscriberOf(handlers),
      )
      return () => subscription.unsubscribe()
    },
    onBatch: (lines) => onEvents(lines.map((line) => line.data)),
    ...(onStatus && { onStatus }),
    isFinal: (error) => errorFacts(error).code === 'NOT_FOUND',
  })
}
