import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Direction } from '../../../renderer/features/board/drop-place.ts'
import { type LaneBoard, lanePlaceOf, nextLanePlace } from '../../../renderer/features/board/lane-place.ts'
import { type LanePlace, lanesOf } from '../../../renderer/features/board/lanes.ts'
import { LEFT, RIGHT, task, taskId } from './fixtures.ts'

const card = (number: number, column_id: typeof LEFT) => ({
  ...task(number),
  column_id,
  has_description: false,
})
const LANES = lanesOf([
  { id: 'urgent', name: 'Urgent', cards: [card(1, LEFT), card(2, LEFT), card(3, RIGHT)] },
  { id: 'low', name: 'Low', cards: [card(4, LEFT)] },
])
const BOARD: LaneBoard = {
  columns: [{ id: LEFT }, { id: RIGHT }],
  lanes: LANES,
  closed: new Set(),
  isSorted: false,
}
const at = (laneId: string, columnId: typeof LEFT, index: number): LanePlace => ({ laneId, columnId, index })

/** Where the opposite key leads; at an edge, and sideways, where the height may change, it is where it was. */
function backFrom(next: LanePlace, place: LanePlace, key: Direction): LanePlace {
  const isSideways = key === 'left' || key === 'right'
  if (isSideways || JSON.stringify(next) === JSON.stringify(place)) return place
  return nextLanePlace(BOARD, taskId(1), next, key === 'up' ? 'down' : 'up')
}

describe('a card that is moved over lanes by keyboard', () => {
  const down = (board: LaneBoard, from: LanePlace) => nextLanePlace(board, taskId(1), from, 'down')

  it('goes below the next card, then into the next lane', () => {
    expect(down(BOARD, at('urgent', LEFT, 0))).toEqual(at('urgent', LEFT, 2))
    expect(down(BOARD, at('urgent', LEFT, 2))).toEqual(at('low', LEFT, 0))
    expect(down(BOARD, at('low', LEFT, 1))).toEqual(at('low', LEFT, 1))
  })

  it('keeps its height in the next column as far as that reaches', () => {
    expect(nextLanePlace(BOARD, taskId(1), at('urgent', LEFT, 2), 'right')).toEqual(at('urgent', RIGHT, 1))
    expect(nextLanePlace(BOARD, taskId(1), at('urgent', RIGHT, 0), 'right')).toEqual(at('urgent', RIGHT, 0))
  })

  it('finds one place in a lane that is closed, or where cards are sorted', () => {
    const closed = { ...BOARD, closed: new Set(['low']) }
    expect(down(closed, at('urgent', LEFT, 2))).toEqual(at('low', LEFT, 0))
    expect(down({ ...BOARD, isSorted: true }, at('urgent', LEFT, 0))).toEqual(at('low', LEFT, 0))
  })

  it('always comes to a place that there is, and back by the opposite keys', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('up' as const, 'down' as const, 'left' as const, 'right' as const)),
        (keys) => {
          const start = lanePlaceOf(LANES, taskId(1))
          if (!start) throw new Error('the card is in a lane')
          keys.reduce((place, key) => {
            const next = nextLanePlace(BOARD, taskId(1), place, key)
            const list = LANES.find(({ group }) => group.id === next.laneId)?.cards.get(next.columnId) ?? []
            expect(next.index).toBe(Math.min(Math.max(next.index, 0), list.length))
            expect(backFrom(next, place, key)).toEqual(place)
            return next
          }, start)
        },
      ),
    ))
})
