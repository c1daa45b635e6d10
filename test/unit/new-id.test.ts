import { expect, it } from 'vitest'
import { newId } from '#electron/new-id.ts'

it('later ids sort behind earlier ones, and no two are alike', () => {
  const ids = Array.from({ length: 5_000 }, newId) // many in each millisecond
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

it('is a UUID of version 7, whose beginning is the time', () => {
  const before = Date.now()
  const id = newId()
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const time = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  expect(time).toBeGreaterThanOrEqual(before)
  expect(time).toBeLessThanOrEqual(Date.now() + 1)
})
