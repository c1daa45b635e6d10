import { expect, it } from 'vitest'
import { keyFor } from '#shared/board-key.ts'

it.each([
  ['Payments', [], 'PAY'],
  ['Agent Rangers', [], 'AR'],
  ['Agent Rangers', ['AR', 'AR2'], 'AR3'],
  ['Überblick', [], 'UBE'],
  ['3 apples', [], 'APP'],
  ['日本語', [], 'B'],
  ['x', ['X'], 'X2'],
])('%s beside %j is called %s', (name, taken, key) => {
  expect(keyFor(name, taken)).toBe(key)
  expect(key).toMatch(/^[A-Z][A-Z0-9]{0,9}$/)
})
