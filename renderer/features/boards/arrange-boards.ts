import type { BoardListItem } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import type { Preferences } from '#shared/preferences.ts'
import { foldText, fuzzyQuery } from '../../lib/fuzzy.ts'

type Known = Pick<Preferences, 'starred_board_ids' | 'recent_boards'>

export interface ArrangedBoards {
  starred: BoardListItem[]
  others: BoardListItem[]
}

/** Boards that fit a search, the last used first, and apart from them those with a star. */
export function arrangeBoards(
  boards: readonly BoardListItem[],
  { starred_board_ids, recent_boards }: Known,
  text = '',
): ArrangedBoards {
  const query = fuzzyQuery(text)
  const used = new Map(recent_boards.map(({ id, at }) => [id, Date.parse(at)]))
  const stars = new Set(starred_board_ids)
  const lastUsed = (board: BoardListItem) => used.get(board.id) ?? board.created_at.getTime()
  const found = boards
    .filter((board) => query.every((word) => wordsOf(board).includes(word)))
    .toSorted((one, other) => lastUsed(other) - lastUsed(one))
  return {
    starred: found.filter(({ id }) => stars.has(id)),
    others: found.filter(({ id }) => !stars.has(id)),
  }
}

function wordsOf({ name, key, project_path }: BoardListItem): string {
  return foldText(`${name} ${key} ${project_path?.split(/[\\/]/).at(-1) ?? ''}`)
}

/** A side bar holds so many; of more it shows those that are used. */
const MOST_AT_SIDE = 12
const RECENT_AT_SIDE = 8

/** What stands in the side bar: all boards in use where they are few, else the last used ones; stars apart. */
export function boardsAtSide(
  boards: readonly BoardListItem[],
  known: Known,
  current: BoardId | null,
): ArrangedBoards & { isAll: boolean } {
  const active = boards.filter(({ id, archived_at }) => archived_at === null || id === current)
  const { starred, others } = arrangeBoards(active, known)
  const isAll = active.length <= MOST_AT_SIDE
  const recent = new Set(others.slice(0, RECENT_AT_SIDE).map(({ id }) => id))
  const isStarred = new Set(starred.map(({ id }) => id))
  return {
    // In the order of the list: rows must not jump while one goes from board to board.
    starred: active.filter(({ id }) => isStarred.has(id)),
    others: active.filter(({ id }) => !isStarred.has(id) && (isAll || recent.has(id) || id === current)),
    isAll,
  }
}
