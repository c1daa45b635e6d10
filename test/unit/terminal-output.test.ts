import { expect, test } from 'vitest'
import { harmless } from '#electron/terminal/output.ts'

test('what agents say gives no orders to a terminal', () => {
  const said = 'a\u001b[2J\u001b]0;title\u0007\u009b31m\r\n\tb\u0000é😀'
  expect(harmless(said)).toBe('a[2J]0;title31m\n\tbé😀')
})
