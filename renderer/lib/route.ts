import { useSyncExternalStore } from 'react'
import { BoardId, TaskId } from '#shared/ids.ts'

/** What the window shows; kept in the hash, so that back, forward and reload work. */
export type Route =
  | { page: 'welcome' }
  | { page: 'inbox' }
  | { page: 'board'; boardId: BoardId; taskId: TaskId | null }
  | { page: 'settings' }
  | { page: 'keyboard' }
  | { page: 'unknown' }

/** The route of a hash such as `#/board/<id>/task/<id>`. */
export function parseRoute(hash: string): Route {
  const [page, id, noun, taskId] = hash.replace(/^#?\/?/, '').split('/')
  if (page === '' || page === 'welcome') return { page: 'welcome' }
  if (page === 'inbox') return { page: 'inbox' }
  if (page === 'settings') return { page: id === 'keyboard' ? 'keyboard' : 'settings' }
  if (page !== 'board') return { page: 'unknown' }
  const board = BoardId.safeParse(id)
  const task = TaskId.safeParse(noun === 'task' ? taskId : undefined)
  return board.success
    ? { page: 'board', boardId: board.data, taskId: task.success ? task.data : null }
    : { page: 'unknown' }
}

/** The hash of a route; the reverse of parseRoute. */
export function routeHash(route: Route): string {
  if (route.page === 'board') {
    return `#/board/${route.boardId}${route.taskId ? `/task/${route.taskId}` : ''}`
  }
  if (route.page === 'keyboard') return '#/settings/keyboard'
  if (route.page === 'inbox') return '#/inbox'
  return route.page === 'settings' ? '#/settings' : '#/'
}

/** Goes to another page. `replace` leaves no entry to come back to. */
export function navigate(route: Route, options: { replace?: boolean } = {}): void {
  const hash = routeHash(route)
  if (hash === location.hash) return
  if (options.replace) history.replaceState(null, '', hash)
  else history.pushState(null, '', hash)
  dispatchEvent(new HashChangeEvent('hashchange'))
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
