import { expect, it } from 'vitest'
import { countChecklist } from '#shared/checklist.ts'

it.each([
  ['nothing', null, { done: 0, total: 0 }],
  [
    'items of every sort of list',
    '- [ ] a\n* [x] b\n+ [X] c\n1. [ ] d\n  2) [x] nested',
    { done: 3, total: 5 },
  ],
  ['windows line ends', '- [x] a\r\n- [ ] b\r\n', { done: 1, total: 2 }],
  [
    'what only looks like one',
    '[ ] no list\n- [y] other mark\n-[ ] no space\n- [ ]glued',
    { done: 0, total: 0 },
  ],
  ['code', '```md\n- [x] a\n```\n- [ ] b\n~~~~\n- [x] c\n~~~\n- [x] d\n~~~~', { done: 0, total: 1 }],
])('%s', (_, text, counts) => {
  expect(countChecklist(text)).toEqual(counts)
})

it('adds several texts up', () => {
  expect(countChecklist('- [x] a', undefined, '- [ ] b')).toEqual({ done: 1, total: 2 })
})
