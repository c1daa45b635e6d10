import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, fuzzyBest, fuzzyQuery, fuzzyScore } from '../../../renderer/lib/fuzzy.ts'

const find = (typed: string, texts: readonly string[]) => {
  const query = fuzzyQuery(typed)
  return fuzzyBest(texts, (text) => fuzzyScore(query, foldText(text)), 10).map(({ item }) => item)
}

describe('a few letters', () => {
  it.each<[string, string[]]>([
    ['card', ['Card above', 'New card', 'Discard it']],
    ['new c', ['New card']],
    ['card new', ['New card']],
    ['nc', ['New card', 'Synchronise']],
    ['écran', ['Ecran']],
    ['', []],
    ['zzz', []],
  ])('“%s” find %j, best first', (typed, found) => {
    const others = ['New card', 'Card above', 'Discard it', 'Synchronise', 'Ecran']
    const result = typed === '' ? [] : find(typed, others)
    expect(result.slice(0, found.length)).toEqual(found)
    if (found.length === 0) expect(result).toEqual([])
  })

  it('find letters in their order only when the first one begins a word', () => {
    expect(find('nwcd', ['New card'])).toEqual(['New card'])
    expect(find('wcd', ['New card'])).toEqual([])
  })

  it('find every text by any of its words', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), fc.nat(), (words, at) => {
        const text = words.join(' ')
        const query = fuzzyQuery(words[at % words.length] ?? '')
        expect(fuzzyScore(query, foldText(text))).toBeGreaterThan(0)
      }),
    )
  })
})

describe('the best few', () => {
  it('are those that a whole sort would give', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 })),
        fc.integer({ min: 1, max: 8 }),
        (scores, limit) => {
          const items = scores.map((score, at) => ({ score, at }))
          const sorted = items
            .filter(({ score }) => score > 0)
            .toSorted((a, b) => b.score - a.score || a.at - b.at)
          expect(fuzzyBest(items, ({ score }) => score, limit).map(({ item }) => item)).toEqual(
            sorted.slice(0, limit),
          )
        },
      ),
    )
  })
})
