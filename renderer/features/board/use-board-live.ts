import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BoardMessage } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import { afterPaint } from '../../lib/after-paint.ts'
import { tellBoardMessages } from '../../lib/board-messages.ts'
import { errorFacts } from '../../lib/error-text.ts'
import { followLive, type LiveMessage, type LiveStatus, subscriberOf } from '../../lib/live.ts'
import { keys } from '../../lib/query-keys.ts'
import { readAnew } from '../../lib/read-anew.ts'
import { api } from '../../lib/trpc.ts'
import { mayBeHalfMerged } from '../../lib/use-half-merged.ts'
import { applyEvents } from './apply-event.ts'
import type { BoardState } from './board-state.ts'
import { cardNews } from './card-news.ts'
import { patchBoard } from './use-board.ts'
import { patchTask } from './use-task.ts'

/** Keeps an open board up to date: one subscription behind its snapshot, applied to the cache in batches. */
export function useBoardLive(id: BoardId, snapshot: symbol | undefined): LiveStatus {
  const cache = useQueryClient()
  const [status, setStatus] = useState<LiveStatus>('connecting')

  useEffect(() => {
    const state = cache.getQueryData<BoardState>(keys.board(id))
    if (!state || state.snapshot !== snapshot || state.isOfLastTime) return
    /** Takes in at once what a card has drawn already. */
    let finish: (() => void) | undefined
    const apply = (lines: readonly LiveMessage<BoardMessage>[]) => {
      finish = undefined
      patchBoard(cache, id, (state) => applyEvents(state, lines))
      for (const { data } of lines) refreshDerived(cache, id, data)
      tellBoardMessages(
        id,
        lines.map(({ data }) => data),
      )
    }
    const stop = followLive<BoardMessage>({
      lastEventId: state.lastEventId,
      open: (lastEventId, handlers) => {
        const subscription = api.boards.onEvent.subscribe(
          { boardId: id, lastEventId },
          subscriberOf(handlers),
        )
        return () => subscription.unsubscribe()
      },
      onBatch: (lines) => {
        const isBusy = finish !== undefined
        finish?.()
        if (!isBusy && drawAtOnce(cache, id, lines)) finish = afterPaint(() => apply(lines))
        else apply(lines)
      },
      onStatus: setStatus,
      isFinal: (error) => errorFacts(error).code === 'NOT_FOUND',
    })
    return () => {
      stop()
      finish?.()
      cardNews.forget()
    }
  }, [cache, id, snapshot])

  return status
}

/** A single change after a pause is drawn by its card, before the board is. */
function drawAtOnce(cache: QueryClient, id: BoardId, lines: readonly LiveMessage<BoardMessage>[]): boolean {
  const state = cache.getQueryData<BoardState>(keys.board(id))
  const [line, more] = lines
  if (!state || !line || more || document.hidden) return false
  return cardNews.tell(state, line.data)
}

/** What is read apart from the board, and changes with it. */
function refreshDerived(cache: QueryClient, id: BoardId, { type, data }: BoardMessage): void {
  switch (type) {
    case 'snapshot_needed':
      cardNews.forget() // a board that was restored is older
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
      if (mayBeHalfMerged(data)) void readAnew(cache, keys.halfMerged)
      break
  }
}
