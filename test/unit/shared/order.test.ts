import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calculateOrder, compareByOrder, isTooTight } from '#shared/order.ts'

const place = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('acceptance 1: calculateOrder', () => {
  it.each([
    [null, null, 1],
    [null, 4, 3],
    [4, null, 5],
    [1, 2, 1.5],
  ])('between %s and %s lies %s', (previous, next, expected) => {
    expect(calculateOrder(previous, next)).toBe(expected)
  })

  it('lies strictly between any two neighbours that leave room, and beyond any single one', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const [previous, next] = [Math.min(a, b), Math.max(a, b)]
        fc.pre(!isTooTight(previous, next))
        const between = calculateOrder(previous, next)
        expect(previous < between && between < next).toBe(true)
        expect(calculateOrder(null, previous)).toBeLessThan(previous)
        expect(calculateOrder(next, null)).toBeGreaterThan(next)
      }),
    )
  })

  it('keeps any sequence of inserts in the order in which they were made, with renumbering where it is too tight', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 60, maxLength: 200 }), (choices) => {
        const wanted: number[] = []
        let column: { id: number; order: number }[] = []
        for (const [id, choice] of choices.entries()) {
          const at = choice % (wanted.length + 1)
          const [previous, next] = [column[at - 1]?.order ?? null, column[at]?.order ?? null]
          const order = calculateOrder(previous, next)
          wanted.splice(at, 0, id)
          column.push({ id, order })
          column.sort((a, b) => a.order - b.order)
          const isTight = [previous, next].some((other) => other !== null && isTooTight(other, order))
          if (isTight) column = column.map((card, index) => ({ ...card, order: index + 1 }))
          expect(new Set(column.map((card) => card.order)).size).toBe(column.length)
        }
        expect(column.map((card) => card.id)).toEqual(wanted)
      }),
    )
  })

  it('60 inserts at one gap make it too tight before two cards share a place', () => {
    let next = 2
    let halvings = 0
    for (; !isTooTight(1, next); halvings += 1) next = calculateOrder(1, next)
    expect(halvings).toBe(30)
    expect(next).toBeGreaterThan(1)
  })
})

it('ties are broken by age, then by id', () => {
  const old = { order: 1, created_at: new Date(1), id: 'b' }
  const young = { order: 1, created_at: new Date(2), id: 'a' }
  const twin = { order: 1, created_at: new Date(2), id: 'c' }
  expect([twin, young, old].sort(compareByOrder)).toEqual([old, young, twin])
})
