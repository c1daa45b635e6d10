import { expect, test } from 'vitest'
import { UserId } from '#shared/ids.ts'
import { mentionsIn } from '#shared/mentions.ts'

const person = (name: string, digit: number) => ({
  id: UserId.parse(`00000000-0000-4000-8000-00000000000${digit}`),
  name,
})
const [ada, adaLovelace, jurgen] = [person('Ada', 1), person('Ada Lovelace', 2), person('Jürgen', 3)]
const people = [ada, adaLovelace, jurgen]

test.each([
  ['@Ada please look', [ada]],
  ['thanks @ada lovelace!', [adaLovelace]],
  ['@JÜRGEN, @Ada: both', [jurgen, ada]],
  ['(@Ada)', [ada]],
  ['write to ada@adadomain or me@ada', []],
  ['@Adams is somebody else', []],
  ['Ada without a sign', []],
])('%s', (text, expected) => {
  expect(mentionsIn(text, people)).toEqual(expected.map(({ id }) => id))
})

test('two people of one name are both told', () => {
  expect(mentionsIn('@Sam', [person('Sam', 4), person('sam', 5)])).toHaveLength(2)
})
