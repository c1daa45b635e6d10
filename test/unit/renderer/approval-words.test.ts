import { expect, it } from 'vitest'
import { keyAct } from '../../../renderer/features/decisions/approval-words.ts'

const rule = { target: 'path', pattern: 'sum.js' } as const

it.each([
  ['permission', 'a', 'yes'],
  ['permission', 'D', 'no'],
  ['permission', 's', null],
  ['permission', '3', 'always'],
  ['plan', 'a', 'yes'],
  ['plan', 'd', 'again'],
  ['plan', 's', 'no'],
  ['merge', 'd', 'no'],
] as const)('on a question of kind %s the key %s is %s', (kind, key, act) => {
  expect(keyAct(key, { kind, proposed_rules: [rule] })).toBe(act)
})

it('an answer that no rule can be made of holds once', () => {
  expect(keyAct('3', { kind: 'permission', proposed_rules: [] })).toBeNull()
})
