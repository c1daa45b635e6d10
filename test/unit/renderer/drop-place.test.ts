import { describe, expect, it } from 'vitest'
import {
  columnOrderAt,
  nextPlace,
  placesAround,
  positionOf,
} from '../../../renderer/features/board/drop-place.ts'
import { column, LEFT, RIGHT, task, taskId } from './fixtures.ts'

const cards = [task(1), task(2), task(3)]

describe('the place of a dropped card', () => {
  it.each([
    { index: 0, between: [null, 1], where: 'before the first' },
    { index: 3, between: [3, null], where: 'after the last' },
    { index: 1, between: [1, 2], where: 'between two' },
  ])('lies between the orders of its neighbours: $where', ({ index, between }) => {
    expect(placesAround(cards, [task(9)], index)).toEqual(between)
  })

  it('has no neighbour in an empty column', () => {
    expect(placesAround([], [task(9)], 0)).toEqual([null, null])
  })

  it('is none where the card stands already', () => {
    expect([1, 2].map((index) => placesAround(cards, [task(2)], index))).toEqual([null, null])
  })

  it('counts for columns in the same way', () => {
    const columns = [column(LEFT, 1), column(RIGHT, 2)]
    expect(columnOrderAt(columns, LEFT, 2)).toBe(3)
    expect(columnOrderAt(columns, LEFT, 1)).toBeNull()
  })
})

describe('a card that is moved by keyboard', () => {
  const columns = [
    { id: LEFT, cards },
    { id: RIGHT, cards: [task(4)] },
  ]
  const from = (index: number, direction: 'up' | 'down' | 'left' | 'right') =>
    nextPlace(columns, taskId(2), { columnId: LEFT, index }, direction)

  it('goes down behind the next card at the first press, and comes back', () => {
    expect(from(1, 'down')).toEqual({ columnId: LEFT, index: 3 })
    expect(from(3, 'up')).toEqual({ columnId: LEFT, index: 1 })
  })

  it('stays at the ends of the column', () => {
    expect(from(3, 'down')).toEqual({ columnId: LEFT, index: 3 })
    expect(from(0, 'up')).toEqual({ columnId: LEFT, index: 0 })
  })

  it('goes to the neighbour column at the same height, as far as that reaches', () => {
    expect(from(3, 'right')).toEqual({ columnId: RIGHT, index: 1 })
    expect(from(1, 'left')).toEqual({ columnId: LEFT, index: 1 })
  })

  it('is told its position among the other cards', () => {
    expect([
      positionOf(cards, taskId(2), 1),
      positionOf(cards, taskId(2), 3),
      positionOf(cards, taskId(9), 3),
    ]).toEqual([2, 3, 4])
  })
})
