import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BoardMessage } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import { tellBoardMessages } from '../../lib/board-messages.ts'
import { errorFacts } from '../../lib/error-text.ts'
import { followLive, type LiveStatus } from '../../lib/live.ts'
import { keys } from '../../lib/query-keys.ts'
import { readAnew } from '../../lib/read-anew.ts'
import { api } from '../../lib/trpc.ts'
import { applyEvents } from './apply-event.ts'
import type { BoardState } from './board-state.ts'
import { patchBoard } from './use-board.ts'
import { patchTask } from './use-task.ts'

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
        for (const { data } of lines) refreshDerived(cache, id, data)
        tellBoardMessages(
          id,
          lines.map(({ data }) => data),
        )
      },
      onStatus: setStatus,
      isFinal: (error) => errorFacts(error).code === 'NOT_FOUND',
    })
  }, [cache, id, snapshot])

  return status
}

/** What is read apart from the board, and changes with it. */
function refreshDerived(cache: QueryClient, id: BoardId, { type, data }: BoardMessage): void {
  switch (type) {
    case 'snapshot_needed':
      void cache.invalidateQueries({ queryKey: keys.board(id) })
      void cache.invalidateQueries({ queryKey: ['task'] })
      break
    // Their cards are not told one by one.
    case 'label_deleted':
    case 'label_restored':
      void cache.invalidateQueries({ queryKey: ['task'] })
      break
    case 'task_updated':
    case 'task_moved':
      patchTask(cache, data)
      break
    case 'execution_created':
    case 'execution_updated':
      void readAnew(cache, keys.executions(data.task_id))
      void readAnew(cache, keys.execution(data.id))
      break
  }
}
