import { expect, test } from 'vitest'
import { branchName } from '#electron/workspaces/branch-name.ts'

test.each([
  ['Fix the sum', 'rangers/RNG-12-fix-the-sum'],
  ['Größe: Café & Straße!', 'rangers/RNG-12-grosse-cafe-strasse'],
  ['../..~^:?*[\\ @{', 'rangers/RNG-12'],
  ['修正', 'rangers/RNG-12'],
  ['a '.repeat(100), `rangers/RNG-12-${'a-'.repeat(20).slice(0, 39)}`],
  ['x'.repeat(255), `rangers/RNG-12-${'x'.repeat(40)}`],
  ['ends in .lock', 'rangers/RNG-12-ends-in-lock'],
])('“%s” becomes %s', (title, expected) => {
  expect(branchName('RNG-12', title)).toBe(expected)
})
