import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useSyncExternalStore } from 'react'
import { isActive } from '#shared/execution.ts'
import type { BoardId } from '#shared/ids.ts'
import type { BoardState } from './board-state.ts'

/** The boards on which agents work now, as far as this window has read them. */
export function useRunningBoards(): ReadonlySet<BoardId> {
  const cache = useQueryClient()
  const last = useRef<ReadonlySet<BoardId>>(new Set())
  const store = useMemo(() => {
    const read = () => {
      const ids = cache
        .getQueriesData<BoardState>({ queryKey: ['board'] })
        .flatMap(([, state]) => (state && isAtWork(state) ? [state.board.id] : []))
      const isSame = ids.length === last.current.size && ids.every((id) => last.current.has(id))
      if (!isSame) last.current = new Set(ids)
      return last.current
    }
    return { read, subscribe: (listener: () => void) => cache.getQueryCache().subscribe(listener) }
  }, [cache])
  return useSyncExternalStore(store.subscribe, store.read)
}

function isAtWork(state: BoardState): boolean {
  for (const execution of state.executions.values()) if (isActive(execution.status)) return true
  return false
}
