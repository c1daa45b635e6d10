import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BoardMessage } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import { errorFacts } from '../../lib/error-text.ts'
import { followLive, type LiveStatus } from '../../lib/live.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { applyEvents, type BoardLine } from './apply-event.ts'
import type { BoardState } from './board-state.ts'
import { patchBoard } from './use-board.ts'

/** Keeps an open board up to date: one subscription behind its snapshot, applied to the cache in batches. */
export function useBoardLive(id: BoardId, snapshot: symbol | undefined): LiveStatus {
  const cache = useQueryClient()
  const [status, setStatus] = useState<LiveStatus>('connecting')

  useEffect(() => {
    const state = cache.getQueryData<BoardState>(keys.board(id))
    if (!state || state.snapshot !== snapshot) return
    return followLive<BoardMessage>({
      lastEventId: state.lastEventId,
      open: (lastEventId, handlers) => {
        const subscription = api.boards.onEvent.subscribe(
          { boardId: id, lastEventId },
          {
            onStarted: handlers.onStarted,
            onData: handlers.onData,
            onError: handlers.onError,
            onConnectionStateChange: ({ state, error }) => {
              if (state === 'connecting' && error) handlers.onLost()
            },
          },
        )
        return () => subscription.unsubscribe()
      },
      onBatch: (lines) => {
        patchBoard(cache, id, (state) => applyEvents(state, lines))
        refreshDerived(lines)
      },
      onStatus: setStatus,
      isFinal: (error) => errorFacts(error).code === 'NOT_FOUND',
    })

    function refreshDerived(lines: readonly BoardLine[]): void {
      for (const { data } of lines) {
        if (data.type === 'snapshot_needed') void cache.invalidateQueries({ queryKey: keys.board(id) })
        if (data.type !== 'execution_created' && data.type !== 'execution_updated') continue
        void cache.invalidateQueries({ queryKey: keys.executions(data.data.task_id) })
        void cache.invalidateQueries({ queryKey: keys.execution(data.data.id) })
      }
    }
  }, [cache, id, snapshot])

  return status
}
