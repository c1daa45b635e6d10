import { expect, test } from 'vitest'
import { waitText } from '#electron/providers/wait-text.ts'

test.each([
  [400, '1 s'],
  [90_000, '90 s'],
  [120_000, '2 min'],
  [121_000, '3 min'],
  [59 * 60_000, '59 min'],
  [59.5 * 60_000, '1 h'],
  [3_600_000, '1 h'],
  [5_400_000, '1 h 30 min'],
])('%d ms are %s', (ms, text) => {
  expect(waitText(ms)).toBe(text)
})
