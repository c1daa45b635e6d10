import { useEffect, useRef, useState } from 'react'
import { navigate, type Route } from '../lib/route.ts'
import { usePreferences } from '../lib/use-preferences.ts'

/** Goes to the board of last time when the window opens without one, and remembers which board is open. */
export function useLastBoard(route: Route): boolean {
  const { preferences, isLoaded, update } = usePreferences()
  const [isRestored, setRestored] = useState(false)
  const isFirst = useRef(true)

  useEffect(() => {
    if (!isLoaded || !isFirst.current) return
    isFirst.current = false
    const { last_board_id: last } = preferences
    if (last !== null && location.hash === '') {
      navigate({ page: 'board', boardId: last, taskId: null }, { replace: true })
    }
    setRestored(true)
  }, [isLoaded, preferences])

  const boardId = route.page === 'board' ? route.boardId : null
  useEffect(() => {
    if (isRestored && boardId !== null && boardId !== preferences.last_board_id) {
      update({ last_board_id: boardId })
    }
  }, [isRestored, boardId, preferences.last_board_id, update])

  return isRestored
}
