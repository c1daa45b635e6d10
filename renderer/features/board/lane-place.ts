import type { Column } from '#shared/column.ts'
import type { TaskId } from '#shared/ids.ts'
import type { Direction } from './drop-place.ts'
import type { Lane, LanePlace } from './lanes.ts'

/** What a card that is moved by keyboard can be put into. */
export interface LaneBoard {
  columns: readonly Pick<Column, 'id'>[]
  lanes: readonly Lane[]
  /** Lanes that show no cards. */
  closed: ReadonlySet<string>
  /** Cards stand in an order of their own: a lane is one place. */
  isSorted: boolean
}

/**
 * The next place of a card that is moved by keyboard. Up and down go from card to card and, behind the last one, into
 * the next lane; left and right into the next column, at the same height as far as that reaches.
 */
export function nextLanePlace(
  board: LaneBoard,
  taskId: TaskId,
  place: LanePlace,
  direction: Direction,
): LanePlace {
  const at = board.lanes.findIndex(({ group }) => group.id === place.laneId)
  const lane = board.lanes[at]
  if (!lane) return place
  return direction === 'left' || direction === 'right'
    ? beside(board, lane, taskId, place, direction)
    : aboveOrBelow(board, at, taskId, place, direction)
}

function beside(
  board: LaneBoard,
  lane: Lane,
  taskId: TaskId,
  place: LanePlace,
  direction: 'left' | 'right',
): LanePlace {
  const at = board.columns.findIndex(({ id }) => id === place.columnId)
  const column = board.columns[at + (direction === 'left' ? -1 : 1)]
  if (!column) return place
  const to = { ...place, columnId: column.id }
  return { ...to, index: placesIn(board, lane, to, taskId).findLast((index) => index <= place.index) ?? 0 }
}

function aboveOrBelow(
  board: LaneBoard,
  at: number,
  taskId: TaskId,
  place: LanePlace,
  direction: 'up' | 'down',
): LanePlace {
  const isDown = direction === 'down'
  const step = (places: readonly number[], from: number) =>
    isDown ? places.find((index) => index > from) : places.findLast((index) => index < from)
  const [lane, next] = [board.lanes[at], board.lanes[at + (isDown ? 1 : -1)]]
  const index = lane && step(placesIn(board, lane, place, taskId), place.index)
  if (index !== undefined) return { ...place, index }
  if (!next) return place
  const to = { ...place, laneId: next.group.id }
  return {
    ...to,
    index: step(placesIn(board, next, to, taskId), isDown ? -1 : Number.POSITIVE_INFINITY) ?? 0,
  }
}

/** The places of a lane in a column, from top to bottom; the one right behind the card itself is where it is. */
function placesIn(
  { closed, isSorted }: LaneBoard,
  lane: Lane,
  { columnId }: LanePlace,
  taskId: TaskId,
): number[] {
  if (isSorted || closed.has(lane.group.id)) return [0]
  const cards = lane.cards.get(columnId) ?? []
  const home = cards.findIndex(({ id }) => id === taskId)
  return Array.from({ length: cards.length + 1 }, (_, index) => index).filter(
    (index) => home === -1 || index !== home + 1,
  )
}

/** Where a card stands now. */
export function lanePlaceOf(lanes: readonly Lane[], id: TaskId): LanePlace | null {
  for (const { group, cards } of lanes) {
    for (const [columnId, list] of cards) {
      const index = list.findIndex((card) => card.id === id)
      if (index !== -1) return { laneId: group.id, columnId, index }
    }
  }
  return null
}
