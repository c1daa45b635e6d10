import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#shared/match-card.ts'
import { toTaskCard } from '#shared/task.ts'
import { daysBetween, layOut, weekStart } from '../../../renderer/features/timeline/timeline-layout.ts'
import { task } from './fixtures.ts'

const TODAY = '2026-03-04'

describe('the timeline', () => {
  it('puts every card at its day, and no two over each other, in any mix', () => {
    const offsets = fc.array(fc.option(fc.integer({ min: -400, max: 400 })), { maxLength: 60 })
    fc.assert(
      fc.property(offsets, fc.integer({ min: 1, max: 12 }), (all, width) => {
        const cards = all.map((offset, index) =>
          toTaskCard(task(index + 1, { due_date: offset === null ? null : addDays(TODAY, offset) })),
        )
        const { first, dayCount, rowCount, placed, undated } = layOut(cards, TODAY, width)
        expect(placed.length + undated.length).toBe(cards.length)
        for (const { card, day, row } of placed) {
          expect(addDays(first, day)).toBe(card.due_date)
          expect(day >= 0 && day < dayCount && row < rowCount).toBe(true)
        }
        for (const [index, a] of placed.entries()) {
          for (const b of placed.slice(index + 1)) {
            if (a.row === b.row) expect(Math.abs(a.day - b.day)).toBeGreaterThanOrEqual(width)
          }
        }
      }),
    )
  })

  it('begins on a Monday, over changes of the clock too', () => {
    expect(weekStart('2026-03-04')).toBe('2026-03-02')
    expect(weekStart('2026-03-02')).toBe('2026-03-02')
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  })
})
