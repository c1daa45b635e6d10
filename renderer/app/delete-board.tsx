import { useEffect, useRef } from 'react'
import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { useBoardListActions } from '../features/boards/use-board-list-actions.ts'
import { plural } from '../lib/format.ts'
import { navigate, parseRoute } from '../lib/route.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

interface DeleteBoardProps {
  board: Pick<BoardListItem, 'id' | 'name' | 'task_count'>
  onDone: () => void
}

/** Deletes a board: at once when it is empty, after a question when it holds cards. */
export function DeleteBoard({ board, onDone }: DeleteBoardProps) {
  const { remove } = useBoardListActions(leave)
  const hasBegun = useRef(false)
  const isEmpty = board.task_count === 0
  useEffect(() => {
    if (!isEmpty || hasBegun.current) return
    hasBegun.current = true
    void remove(board)
    onDone()
  })
  if (isEmpty) return null
  return (
    <ConfirmDialog
      title={`Delete “${board.name}”?`}
      confirm="Delete board"
      isDangerous
      onClose={onDone}
      onConfirm={() => {
        onDone()
        void remove(board)
      }}
    >
      It holds {plural(board.task_count, 'card')}, which {board.task_count === 1 ? 'goes' : 'go'} to the trash
      with it. The project on your disk stays as it is. You can undo this.
    </ConfirmDialog>
  )
}

function leave(id: BoardId): void {
  const route = parseRoute(location.hash)
  if (route.page === 'board' && route.boardId === id) navigate({ page: 'boards' }, { replace: true })
}
