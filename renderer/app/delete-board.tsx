import { useEffect, useRef } from 'react'
import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { useBoardListActions } from '../features/boards/use-board-list-actions.ts'
import { navigate, parseRoute } from '../lib/route.ts'
import { texts } from '../lib/texts/texts.ts'
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
      title={texts.app.delete(board.name)}
      confirm={texts.app.deleteBoard}
      isDangerous
      onClose={onDone}
      onConfirm={() => {
        onDone()
        void remove(board)
      }}
    >
      {texts.app.holdsCardWhichGoes(board.task_count)}
    </ConfirmDialog>
  )
}

function leave(id: BoardId): void {
  const route = parseRoute(location.hash)
  if (route.page === 'board' && route.boardId === id) navigate({ page: 'boards' }, { replace: true })
}
