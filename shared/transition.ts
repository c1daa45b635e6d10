import { z } from 'zod'
import { BoardId, ColumnId } from './ids.ts'

/** A move that the rules of a board allow. A board without any allows all. */
export const BoardTransition = z.strictObject({ from_column_id: ColumnId, to_column_id: ColumnId })
export type BoardTransition = z.infer<typeof BoardTransition>

/** In place of all that the board had. */
export const SetTransitions = z.strictObject({
  board_id: BoardId,
  transitions: z.array(BoardTransition).max(10_000),
})
export type SetTransitions = z.infer<typeof SetTransitions>

/** The columns to which a card may go from here; null: to all. */
export function allowedFrom(
  from: ColumnId,
  transitions: readonly BoardTransition[],
): ReadonlySet<ColumnId> | null {
  if (transitions.length === 0) return null
  return new Set(transitions.filter((one) => one.from_column_id === from).map((one) => one.to_column_id))
}
