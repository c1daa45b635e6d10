import { useEffect, useSyncExternalStore } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { BoardId, ExecutionId } from '#shared/ids.ts'
import type { WorkLine } from '#shared/running.ts'
import { followLive } from '../../lib/live.ts'
import { api } from '../../lib/trpc.ts'

let known: ReadonlyMap<ExecutionId, WorkLine> = new Map()
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function set(next: typeof known): void {
  known = next
  for (const listener of listeners) listener()
}

/** Hears what is being done on a board, once a second at most, for all cards that show it. */
export function useBoardWork(boardId: BoardId): void {
  useEffect(() => {
    const end = followLive<WorkLine[]>({
      lastEventId: '',
      open: (_, handlers) => {
        const subscription = api.executions.onWork.subscribe(
          { board_id: boardId },
          {
            onStarted: handlers.onStarted,
            onData: (data) => handlers.onData({ id: '', data }),
            onError: handlers.onError,
          },
        )
        return () => subscription.unsubscribe()
      },
      onBatch: (batch) => set(withSame(batch.at(-1)?.data ?? [])),
    })
    return () => {
      end()
      set(new Map())
    }
  }, [boardId])
}

/** What has not changed stays the same object: its card is not drawn again. */
function withSame(lines: readonly WorkLine[]): typeof known {
  return new Map(
    lines.map((line) => {
      const before = known.get(line.id)
      return [line.id, before && JSON.stringify(before) === JSON.stringify(line) ? before : line]
    }),
  )
}

type Working = Pick<ExecutionSummary, 'id' | 'activity_line' | 'usage' | 'cost_usd' | 'updated_at'>

/** What is being done, and what it has cost so far: as it was told last. */
export function useWork(
  execution: Working,
): Pick<Working, 'activity_line' | 'usage' | 'cost_usd'> & Pick<WorkLine, 'retry'> {
  const line = useSyncExternalStore(subscribe, () => known.get(execution.id))
  return line ?? { ...execution, retry: null }
}
