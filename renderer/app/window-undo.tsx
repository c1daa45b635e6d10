import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { BoardId } from '#shared/ids.ts'
import { columnsInOrder } from '../features/board/board-state.ts'
import { keyOf, tellChanged } from '../features/board/note-step.ts'
import { readBoardNow } from '../features/board/use-board.ts'
import { boardKit } from '../features/board/use-board-actions.ts'
import type { UndoBoard } from '../features/undo/ask-before.ts'
import { UndoDesk } from '../features/undo/undo-desk.tsx'
import type { Route } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'
import { placeOf } from '../lib/undo/current-place.ts'

/** What can be undone in this window: by the keys what was done where it is, by a message whatever it tells of. */
export function WindowUndo({ route }: { route: Route }) {
  const cache = useQueryClient()
  const boardOf = useCallback((id: BoardId) => undoBoardOf(cache, id), [cache])
  return (
    <UndoDesk
      place={placeOf(route)}
      boardOf={boardOf}
      onChanged={(id, changes, tasks) => tellChanged(boardKit(cache, id), changes, tasks)}
    />
  )
}

async function undoBoardOf(cache: QueryClient, id: BoardId): Promise<UndoBoard> {
  const state = await readBoardNow(cache, id)
  const read = () => state
  return {
    id,
    columns: columnsInOrder(state),
    cardKey: (cardId) => {
      const card = state.tasks.get(cardId)
      return card ? keyOf({ read }, card) : texts.app.aCard
    },
    executionOf: (cardId) => state.executions.get(cardId),
  }
}
