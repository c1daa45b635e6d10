import { useSyncExternalStore } from 'react'
import { type BoardQuery, DEFAULT_QUERY } from '#shared/board-query.ts'
import { decodeQuery, encodeQuery } from '#shared/board-query-address.ts'
import { BoardId, CommentId, TaskId } from '#shared/ids.ts'
import { type SettingsSection, settingsSection } from './settings-sections.ts'

/** What the window shows; kept in the hash, so that back, forward and reload work. */
export type Route =
  | { page: 'welcome' }
  | { page: 'boards' }
  | { page: 'inbox' }
  | { page: 'agents' }
  | { page: 'trash' }
  | { page: 'usage' }
  | { page: 'approvals' }
  /** The cards of a board that were put away. */
  | { page: 'archive'; boardId: BoardId }
  /** Without a query a link leads to the board as it is shown now, when it is open, else as it is by itself. */
  | {
      page: 'board'
      boardId: BoardId
      taskId: TaskId | null
      query?: BoardQuery
      /** The card is a page of its own, not beside its board. */
      isFull?: boolean
      /** What is to be shown of its comments. */
      commentId?: CommentId
    }
  | { page: 'search'; text: string }
  /** `id` of an own one, or the type of one of the app's; null: the first. */
  | { page: 'workflows'; id: string | null }
  /** null: from its top. */
  | { page: 'settings'; section: SettingsSection | null }
  | { page: 'keyboard' }
  | { page: 'unknown' }

/** The route of a hash such as `#/board/<id>/task/<id>/full/comment/<id>?label=<id>`. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s)
  const [page = '', ...names] = path.split('/')
  const read = Object.hasOwn(PAGES, page) ? PAGES[page] : undefined
  return read?.(names, search) ?? { page: 'unknown' }
}

/** By the first part of the path: how what follows it is read. */
const PAGES: Readonly<Record<string, (names: string[], search: string) => Route>> = {
  '': () => ({ page: 'boards' }),
  boards: () => ({ page: 'boards' }),
  welcome: () => ({ page: 'welcome' }),
  inbox: () => ({ page: 'inbox' }),
  agents: () => ({ page: 'agents' }),
  trash: () => ({ page: 'trash' }),
  usage: () => ({ page: 'usage' }),
  approvals: () => ({ page: 'approvals' }),
  archive: archiveRoute,
  workflows: ([id]) => ({ page: 'workflows', id: id || null }),
  settings: ([part]) =>
    part === 'keyboard' ? { page: 'keyboard' } : { page: 'settings', section: settingsSection(part) },
  search: (_names, search) => ({ page: 'search', text: new URLSearchParams(search).get('q') ?? '' }),
  board: boardRoute,
}

function archiveRoute([id]: string[]): Route {
  const board = BoardId.safeParse(id)
  return board.success ? { page: 'archive', boardId: board.data } : { page: 'unknown' }
}

function boardRoute([id, noun, taskId, ...rest]: string[], search: string): Route {
  const board = BoardId.safeParse(id)
  if (!board.success) return { page: 'unknown' }
  const task = TaskId.safeParse(noun === 'task' ? taskId : undefined)
  const comment = CommentId.safeParse(rest[rest.indexOf('comment') + 1])
  return {
    page: 'board',
    boardId: board.data,
    taskId: task.success ? task.data : null,
    ...(task.success && rest[0] === 'full' && { isFull: true }),
    ...(task.success && comment.success && { commentId: comment.data }),
    ...(search !== '' && { query: decodeQuery(new URLSearchParams(search)) }),
  }
}

/** The hash of a route; the reverse of parseRoute. */
export function routeHash(route: Route): string {
  if (route.page === 'board') {
    const search = route.query ? searchOf(encodeQuery(route.query)) : ''
    return `#/board/${route.boardId}${cardPath(route)}${search}`
  }
  if (route.page === 'search') return `#/search${searchOf(route.text === '' ? [] : [['q', route.text]])}`
  if (route.page === 'settings') return withPart('#/settings', route.section)
  if (route.page === 'workflows') return withPart('#/workflows', route.id)
  return route.page === 'archive' ? `#/archive/${route.boardId}` : HASHES[route.page]
}

const HASHES = {
  boards: '#/boards',
  inbox: '#/inbox',
  agents: '#/agents',
  trash: '#/trash',
  usage: '#/usage',
  approvals: '#/approvals',
  welcome: '#/welcome',
  keyboard: '#/settings/keyboard',
  unknown: '#/',
} as const

function withPart(path: string, part: string | null): string {
  return part ? `${path}/${part}` : path
}

function cardPath({ taskId, isFull, commentId }: Extract<Route, { page: 'board' }>): string {
  if (!taskId) return ''
  return `/task/${taskId}${isFull ? '/full' : ''}${commentId ? `/comment/${commentId}` : ''}`
}

function searchOf(pairs: [string, string][]): string {
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

/** Goes to another page. `replace` leaves no entry to come back to. */
export function navigate(route: Route, options: { replace?: boolean } = {}): void {
  const hash = routeHash(withPresentQuery(route))
  if (hash !== location.hash) {
    if (options.replace) history.replaceState(null, '', hash)
    else history.pushState(null, '', hash)
  }
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
