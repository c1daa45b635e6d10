import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markWords, snippetOf, wordsOf } from '#shared/mark-words.ts'

test('words are letters and digits with what joins them', () => {
  expect(wordsOf('  Fix the "log-in" of C++, über 2.0! ')).toEqual([
    'fix',
    'the',
    'log-in',
    'of',
    'c++',
    'über',
    '2.0',
  ])
  expect(wordsOf(' &|!() ')).toEqual([])
})

describe('marks', () => {
  test('are where words begin like what was looked for', () => {
    expect(markWords('Fix the prefix of fixtures', ['fix'])).toEqual({
      text: 'Fix the prefix of fixtures',
      marks: [
        [0, 3],
        [18, 21],
      ],
    })
  })

  test('that touch or overlap are one', () => {
    expect(markWords('login', ['log', 'login']).marks).toEqual([[0, 5]])
  })

  test('are none where lower case has another length', () => {
    expect(markWords('İstanbul login', ['login']).marks).toEqual([])
  })

  test('lie within the text and in order, whatever the text is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }),
        (text, words) => {
          let before = -1
          for (const [start, end] of markWords(text, words).marks) {
            expect(start).toBeGreaterThan(before)
            expect(end).toBeGreaterThan(start)
            expect(end).toBeLessThanOrEqual(text.length)
            before = end
          }
        },
      ),
    )
  })
})

describe('a snippet', () => {
  test('is the whole of a short text', () => {
    expect(snippetOf('When the  login\nfails', ['login'])?.text).toBe('When the login fails')
  })

  test('shows the words around the first one found', () => {
    const text = `${'before '.repeat(40)}needle ${'after '.repeat(40)}`
    const snippet = snippetOf(text, ['needle'])
    expect(snippet?.text).toMatch(/^…(before ){4,6}needle (after ?)+…$/)
    expect(snippet?.text.length).toBeLessThan(170)
    expect(snippet?.marks).toHaveLength(1)
  })

  test('is none where the words are not', () => {
    expect(snippetOf('nothing here', ['needle'])).toBeNull()
  })
})
