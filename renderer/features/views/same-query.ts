import type { BoardQuery } from '#shared/board-query.ts'
import { encodeQuery } from '#shared/board-query-address.ts'

/** Whether two queries show the same cards in the same way. */
export function isSameQuery(a: BoardQuery, b: BoardQuery): boolean {
  return JSON.stringify(encodeQuery(a)) === JSON.stringify(encodeQuery(b))
}
