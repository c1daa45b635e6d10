import { useSyncExternalStore } from 'react'
import { type BoardQuery, DEFAULT_QUERY } from '#shared/board-query.ts'
import { decodeQuery, encodeQuery } from '#shared/board-query-address.ts'
import { BoardId, TaskId } from '#shared/ids.ts'

/** What the window shows; kept in the hash, so that back, forward and reload work. */
export type Route =
  | { page: 'welcome' }
  | { page: 'inbox' }
  /** Without a query a link leads to the board as it is shown now, when it is open, else as it is by itself. */
  | { page: 'board'; boardId: BoardId; taskId: TaskId | null; query?: BoardQuery }
  | { page: 'search'; text: string }
  | { page: 'settings' }
  | { page: 'keyboard' }
  | { page: 'unknown' }

/** The route of a hash such as `#/board/<id>/task/<id>?label=<id>`. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s)
  const [page, id, noun, taskId] = path.split('/')
  if (page === '' || page === 'welcome') return { page: 'welcome' }
  if (page === 'inbox') return { page: 'inbox' }
  if (page === 'settings') return { page: id === 'keyboard' ? 'keyboard' : 'settings' }
  if (page === 'search') return { page: 'search', text: new URLSearchParams(search).get('q') ?? '' }
  if (page !== 'board') return { page: 'unknown' }
  const board = BoardId.safeParse(id)
  const task = TaskId.safeParse(noun === 'task' ? taskId : undefined)
  if (!board.success) return { page: 'unknown' }
  return {
    page: 'board',
    boardId: board.data,
    taskId: task.success ? task.data : null,
    ...(search !== '' && { query: decodeQuery(new URLSearchParams(search)) }),
  }
}

/** The hash of a route; the reverse of parseRoute. */
export function routeHash(route: Route): string {
  if (route.page === 'board') {
    const search = route.query ? searchOf(encodeQuery(route.query)) : ''
    return `#/board/${route.boardId}${route.taskId ? `/task/${route.taskId}` : ''}${search}`
  }
  if (route.page === 'search') return `#/search${searchOf(route.text === '' ? [] : [['q', route.text]])}`
  if (route.page === 'keyboard') return '#/settings/keyboard'
  if (route.page === 'inbox') return '#/inbox'
  return route.page === 'settings' ? '#/settings' : '#/'
}

function searchOf(pairs: [string, string][]): string {
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

/** Goes to another page. `replace` leaves no entry to come back to. */
export function navigate(route: Route, options: { replace?: boolean } = {}): void {
  const hash = routeHash(withPresentQuery(route))
  if (hash === location.hash) return
  if (options.replace) history.replaceState(null, '', hash)
  else history.pushState(null, '', hash)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** Opening and closing a card leaves its board filtered as it is. */
function withPresentQuery(route: Route): Route {
  const now = snapshot()
  if (route.page !== 'board' || route.query || now.page !== 'board') return route
  return now.boardId === route.boardId && now.query ? { ...route, query: now.query } : route
}

/** What the address says of how a board is shown. */
export function queryOf(route: Route): BoardQuery {
  return (route.page === 'board' && route.query) || DEFAULT_QUERY
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  addEventListener('popstate', listener)
  return () => {
    removeEventListener('hashchange', listener)
    removeEventListener('popstate', listener)
  }
}

let parsed: { hash: string; route: Route } | undefined

function snapshot(): Route {
  if (parsed?.hash !== location.hash) parsed = { hash: location.hash, route: parseRoute(location.hash) }
  return parsed.route
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, snapshot)
}
