import { expect, test } from 'vitest'
import { hueOf, initialsOf } from '../../../renderer/ui/initials.ts'

test('initials are those of the first and the last name', () => {
  const names = [
    'Ada Lovelace',
    'ada',
    'Grace Brewster Murray Hopper',
    'élise_b',
    'root',
    '  ',
    '李 小龙',
    'a.b',
  ]
  expect(names.map(initialsOf)).toEqual(['AL', 'A', 'GH', 'ÉB', 'R', '?', '李小', 'AB'])
})

test('the colour is the same for the same id', () => {
  expect(hueOf('one')).toBe(hueOf('one'))
  const hues = new Set(Array.from({ length: 200 }, (_, index) => hueOf(`user ${index}`)))
  expect(hues.size).toBe(12)
})
