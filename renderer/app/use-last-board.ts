import { useEffect, useLayoutEffect, useState } from 'react'
import { navigate, type Route } from '../lib/route.ts'
import { usePreferences } from '../lib/use-preferences.ts'

/** Goes to the board of last time when the window opens without one, and remembers which board is open. */
export function useLastBoard(route: Route): void {
  const { preferences, update } = usePreferences()
  const [last] = useState(preferences.last_board_id)

  // Before anything is painted: the start page must not flash.
  useLayoutEffect(() => {
    if (last !== null && location.hash === '') {
      navigate({ page: 'board', boardId: last, taskId: null }, { replace: true })
    }
  }, [last])

  const boardId = route.page === 'board' ? route.boardId : null
  useEffect(() => {
    if (boardId !== null && boardId !== preferences.last_board_id) update({ last_board_id: boardId })
  }, [boardId, preferences.last_board_id, update])
}
