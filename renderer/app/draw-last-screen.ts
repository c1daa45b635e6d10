import type { QueryClient } from '@tanstack/react-query'
import type { BoardListItem, OpenedBoard } from '#shared/board.ts'
import { FIRST_CARDS } from '#shared/first-questions.ts'
import type { LastScreen } from '#shared/last-screen.ts'
import type { Preferences } from '#shared/preferences.ts'
import { toBoardState } from '../features/board/board-state.ts'
import { boardQuery } from '../features/board/use-board.ts'
import { boardsQuery } from '../features/boards/use-boards.ts'
import { lastAnswer, lastScreenQuery } from '../lib/last-screen.ts'
import type { Route } from '../lib/route.ts'
import { preferencesQuery } from '../lib/use-preferences.ts'
import { confirmFirst } from './first-queries.ts'

/**
 * Lets the window be drawn with what it showed last time. Returns what takes the app's own answers in its place, to be called
 * once that is on the screen; null, and nothing is known: what was kept does not tell enough.
 */
export function drawLastScreen(
  cache: QueryClient,
  screen: LastScreen,
  route: Route,
): (() => Promise<void>) | null {
  try {
    if (!take(cache, screen, route)) return null
  } catch {
    cache.clear() // it was kept by an app that told it in another way
    return null
  }
  cache.setQueryData(lastScreenQuery.queryKey, true)
  return async () => {
    await confirmFirst(cache, route)
    cache.setQueryData(lastScreenQuery.queryKey, false)
  }
}

function take(cache: QueryClient, screen: LastScreen, route: Route): boolean {
  const preferences = lastAnswer<Preferences>(screen, 'settings.preferences')
  const boards = lastAnswer<BoardListItem[]>(screen, 'boards.list')
  if (!preferences || !boards) return false
  cache.setQueryData(preferencesQuery.queryKey, preferences)
  cache.setQueryData(boardsQuery.queryKey, boards)
  if (route.page === 'board') drawLastBoard(cache, screen, route.boardId)
  return true
}

function drawLastBoard(cache: QueryClient, screen: LastScreen, id: OpenedBoard['id']): void {
  const opened = lastAnswer<OpenedBoard>(screen, 'boards.open', { id, per_column: FIRST_CARDS })
  if (!opened) return
  cache.setQueryData(boardQuery(cache, id).queryKey, { ...toBoardState(opened), isOfLastTime: true })
}
