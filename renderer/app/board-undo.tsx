import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type BoardState, columnsInOrder } from '../features/board/board-state.ts'
import { keyOf, tellChanged } from '../features/board/note-step.ts'
import { boardKit } from '../features/board/use-board-actions.ts'
import { UndoDesk } from '../features/undo/undo-desk.tsx'

/** What can be undone on an open board. */
export function BoardUndo({ state }: { state: BoardState }) {
  const cache = useQueryClient()
  const boardId = state.board.id
  const kit = useMemo(() => boardKit(cache, boardId), [cache, boardId])
  return (
    <UndoDesk
      board={{
        id: boardId,
        columns: columnsInOrder(state),
        cardKey: (id) => {
          const card = kit.read()?.tasks.get(id)
          return card ? keyOf(kit, card) : 'A card'
        },
        executionOf: (id) => kit.read()?.executions.get(id),
      }}
      onChanged={(changes, tasks) => tellChanged(kit, changes, tasks)}
    />
  )
}
