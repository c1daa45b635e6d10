import { parseRoute, type Route } from '../route.ts'
import type { HistoryId } from './undo-store.ts'

/** Where the keys undo while this is shown. */
export function placeOf(route: Route): HistoryId {
  return route.page === 'board' || route.page === 'archive' ? route.boardId : 'window'
}

/** Where somebody expects to undo what they do now. */
export function currentPlace(): HistoryId {
  return placeOf(parseRoute(location.hash))
}
