import { describe, expect, it } from 'vitest'
import { compareCards } from '#shared/match-card.ts'
import { toTaskCard } from '#shared/task.ts'
import { landingIndex } from '../../../renderer/features/board/drop-place.ts'
import { filterCards } from '../../../renderer/features/board/use-shown-cards.ts'
import { LEFT, RIGHT, task } from './fixtures.ts'

const card = (number: number, values = {}) => toTaskCard(task(number, values))
const cards = new Map([
  [LEFT, [card(1), card(2), card(3)]],
  [RIGHT, [card(4, { column_id: RIGHT })]],
])
const even = { matches: ({ number }: { number: number }) => number % 2 === 0, compare: null }

describe('the shown cards', () => {
  it('are those that match, in their order', () => {
    const shown = filterCards(cards, even, null)
    expect([...shown.values()].map((list) => list.map(({ number }) => number))).toEqual([[2], [4]])
  })

  it('keep the array of a column in which nothing changed, also under another filter', () => {
    const before = { filter: even, cards, shown: filterCards(cards, even, null) }
    const changed = new Map(cards).set(LEFT, [card(1), card(2, { title: 'Other' })])
    const after = filterCards(changed, even, before)
    expect(after.get(RIGHT)).toBe(before.shown.get(RIGHT))
    expect(after.get(LEFT)).not.toBe(before.shown.get(LEFT))
    expect(filterCards(cards, { ...even }, before).get(LEFT)).toBe(before.shown.get(LEFT))
  })

  it('are all of them, untouched, without a filter', () => {
    expect(filterCards(cards, null, null)).toBe(cards)
  })

  it('stand in the order of the query', () => {
    const compare = compareCards({ sort: { by: 'title', direction: 'desc' } })
    const shown = filterCards(cards, { matches: null, compare }, null)
    expect(shown.get(LEFT)?.map(({ number }) => number)).toEqual([3, 2, 1])
    expect(landingIndex(shown.get(LEFT) ?? [], card(9, { title: 'Card 2b' }), compare)).toBe(1)
    expect(landingIndex(shown.get(LEFT) ?? [], card(2), compare)).toBe(1)
  })
})
