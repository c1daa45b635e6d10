import type { QueryClient } from '@tanstack/react-query'
import { boardQuery } from '../features/board/use-board.ts'
import { boardsQuery } from '../features/boards/use-boards.ts'
import type { Route } from '../lib/route.ts'
import { preferencesQuery } from '../lib/use-preferences.ts'

/** All that was asked is taken here: what failed is in the cache, and is read anew by whoever draws it. */
export function readFirst(cache: QueryClient, route: Route): Promise<unknown> {
  return Promise.all([
    cache.prefetchQuery(preferencesQuery),
    cache.prefetchQuery(boardsQuery),
    route.page === 'board' && cache.prefetchQuery(boardQuery(cache, route.boardId)),
  ])
}

/**
 * Reads again what a window begins with. What the app does not answer is not known any more, whatever was shown till then:
 * a board that is gone, and a start that has failed, are told as ever.
 */
export async function confirmFirst(cache: QueryClient, route: Route): Promise<void> {
  await Promise.all([
    confirmed(cache, preferencesQuery.queryKey, cache.fetchQuery({ ...preferencesQuery, staleTime: 0 })),
    confirmed(cache, boardsQuery.queryKey, cache.fetchQuery({ ...boardsQuery, staleTime: 0 })),
    route.page === 'board' && confirmBoard(cache, route.boardId),
  ])
}

function confirmBoard(cache: QueryClient, id: Extract<Route, { page: 'board' }>['boardId']): Promise<void> {
  const query = boardQuery(cache, id)
  return confirmed(cache, query.queryKey, cache.fetchQuery({ ...query, staleTime: 0 }))
}

async function confirmed(
  cache: QueryClient,
  queryKey: readonly unknown[],
  answer: Promise<unknown>,
): Promise<void> {
  try {
    await answer
  } catch (error) {
    const query = cache.getQueryCache().find({ queryKey, exact: true })
    query?.setState({ data: undefined, dataUpdatedAt: 0, status: 'error', error: error as Error })
  }
}
