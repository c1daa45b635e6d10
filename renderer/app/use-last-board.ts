import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { BoardId } from '#shared/ids.ts'
import type { Preferences } from '#shared/preferences.ts'
import { afterPaint } from '../lib/after-paint.ts'
import { navigate, type Route } from '../lib/route.ts'
import { usePreferences } from '../lib/use-preferences.ts'

const MOST_RECENT = 100

/** Goes to the board of last time when the window opens without one, and remembers which boards are used. */
export function useLastBoard(route: Route): void {
  const { preferences, update } = usePreferences()
  const [last] = useState(preferences.last_board_id)
  const recent = useRef(preferences.recent_boards)
  recent.current = preferences.recent_boards

  // Before anything is painted: the start page must not flash.
  useLayoutEffect(() => {
    if (last !== null && location.hash === '') {
      navigate({ page: 'board', boardId: last, taskId: null }, { replace: true })
    }
  }, [last])

  const boardId = route.page === 'board' ? route.boardId : null
  useEffect(() => {
    if (boardId === null) return undefined
    // Everything that reads preferences is drawn anew, so not before the board is on the screen.
    return afterPaint(() =>
      update({ last_board_id: boardId, recent_boards: withBoard(recent.current, boardId) }),
    )
  }, [boardId, update])
}

function withBoard(recent: Preferences['recent_boards'], id: BoardId): Preferences['recent_boards'] {
  const at = new Date().toISOString()
  return [{ id, at }, ...recent.filter((one) => one.id !== id)].slice(0, MOST_RECENT)
}
