import { expect, it } from 'vitest'
import { nameKey } from '#shared/name-key.ts'

it.each([
  ['Bug', 'bUG'],
  ['Ärger', 'äRGER'],
  ['İş', 'iş'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['\u{10400}', '\u{10428}'],
  ['ΟΔΟΣ', 'οδος'],
])('%s and %s are one name', (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other))
})

it.each([
  ['sık', 'sik'],
  ['straße', 'STRASSE'],
  ['a', 'á'],
])('%s and %s are two', (one, other) => {
  expect(nameKey(one)).not.toBe(nameKey(other))
})
