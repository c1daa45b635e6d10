import { expect, it } from 'vitest'
import { calculateOrder, compareByOrder, isTooTight } from '#shared/order.ts'

it.each([
  [null, null, 1],
  [null, 4, 3],
  [4, null, 5],
  [1, 2, 1.5],
])('between %s and %s lies %s', (previous, next, expected) => {
  expect(calculateOrder(previous, next)).toBe(expected)
})

it('halving a gap of one is too tight after thirty times, long before numbers run out', () => {
  let next = 2
  let halvings = 0
  for (; !isTooTight(1, next); halvings += 1) next = calculateOrder(1, next)
  expect(halvings).toBe(30)
  expect(next).toBeGreaterThan(1)
})

it('ties are broken by age, then by id', () => {
  const old = { order: 1, created_at: new Date(1), id: 'b' }
  const young = { order: 1, created_at: new Date(2), id: 'a' }
  const twin = { order: 1, created_at: new Date(2), id: 'c' }
  expect([twin, young, old].sort(compareByOrder)).toEqual([old, young, twin])
})
