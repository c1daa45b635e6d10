import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareTexts } from '../../../renderer/features/task/compare-texts.ts'

const words = fc
  .array(fc.constantFrom('one', 'two', 'three', ',', '\n', ' ', '  '))
  .map((all) => all.join(''))

test('each side reads as it was written, and the unmarked words are the same in both', () => {
  fc.assert(
    fc.property(words, words, (theirs, mine) => {
      const compared = compareTexts(theirs, mine)
      const whole = (side: keyof typeof compared) => compared[side].map(({ text }) => text).join('')
      const common = (side: keyof typeof compared) =>
        compared[side]
          .filter(({ isDifferent }) => !isDifferent)
          .map(({ text }) => text)
          .join('')
      expect([whole('theirs'), whole('mine')]).toEqual([theirs, mine])
      expect(common('theirs')).toBe(common('mine'))
    }),
  )
})

test('marks the words that differ', () => {
  expect(compareTexts('Sort by price', 'Sort by name')).toEqual({
    theirs: [
      { text: 'Sort by ', isDifferent: false },
      { text: 'price', isDifferent: true },
    ],
    mine: [
      { text: 'Sort by ', isDifferent: false },
      { text: 'name', isDifferent: true },
    ],
  })
})

test('two long texts without anything in common are marked as a whole, in good time', () => {
  const long = (word: string) =>
    Array.from({ length: 1_000 }, (_, index) => `${word}${index}`)
      .join(' ')
      .slice(0, 5_000)
  const compared = compareTexts(long('a'), long('b'))
  expect(compared.mine.map(({ text }) => text).join('')).toBe(long('b'))
  expect(compared.mine.some(({ isDifferent }) => isDifferent)).toBe(true)
})
