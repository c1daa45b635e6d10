import type { ColumnId, TaskId } from '#shared/ids.ts'
import type { BoardState } from './board-state.ts'

/** The orders of the cards between which others go; null: there is none on that side. */
export type Between = readonly [previous: number | null, next: number | null]

/** Whether cards that have not come yet may lie between the two, since those of the column are still coming. */
export function isRoomUnknown(
  state: Pick<BoardState, 'loading'> | undefined,
  columnId: ColumnId,
  [previous]: Between,
): boolean {
  // The first ones of each column have come with the board.
  return previous !== null && (state?.loading?.unknown.get(columnId) ?? 0) > 0
}

/** Right below a place, of a column whose cards are all known; those that go there are no neighbours of theirs. */
export function roomBelow(
  state: Pick<BoardState, 'cards'> | undefined,
  columnId: ColumnId,
  previous: number,
  going: ReadonlySet<TaskId>,
): Between {
  const next = state?.cards.get(columnId)?.find(({ id, order }) => order > previous && !going.has(id))
  return [previous, next?.order ?? null]
}
