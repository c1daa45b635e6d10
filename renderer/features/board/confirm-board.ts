import type { OpenedBoard } from '#shared/board.ts'
import { type BoardState, toBoardState } from './board-state.ts'
import { placeCards } from './cards-by-column.ts'

/**
 * A board as the app tells it, in the place of how it was last time. What has not changed stays the same object, so that it
 * is not drawn again; what the person has moved meanwhile stays where it was put. Nothing else of last time is left: a
 * database that was put back to an older state is right.
 */
export function confirmBoard(opened: OpenedBoard, last: BoardState): BoardState {
  const state = toBoardState({
    ...opened,
    columns: withKnown(opened.columns, (id) => last.columns.find((column) => column.id === id)),
    tasks: withKnown(opened.tasks, (id) => last.tasks.get(id)),
    blockers: withKnown(opened.blockers, (id) => last.tasks.get(id)),
  })
  const moved = { ...state, moves: last.moves, columnMoves: last.columnMoves }
  return { ...moved, cards: placeCards(moved) }
}

function withKnown<T extends { id: string }>(told: readonly T[], find: (id: T['id']) => T | undefined): T[] {
  return told.map((one) => {
    const known = find(one.id)
    return known && JSON.stringify(known) === JSON.stringify(one) ? known : one
  })
}
