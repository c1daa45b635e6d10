import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeLines } from '../../../renderer/lib/merge-lines.ts'

const BASE = '# Steps\n- [ ] Dig\n- [ ] Water\n- [ ] Weed'

describe('a text that two people have changed', () => {
  it('has the ticks of both', () => {
    const mine = BASE.replace('[ ] Dig', '[x] Dig')
    const theirs = BASE.replace('[ ] Water', '[x] Water')
    expect(mergeLines(BASE, mine, theirs)).toBe('# Steps\n- [x] Dig\n- [x] Water\n- [ ] Weed')
  })

  it('has the lines that one wrote, and the tick of the other', () => {
    const theirs = `${BASE}\n- [ ] Prune`
    expect(mergeLines(BASE, BASE.replace('[ ] Dig', '[x] Dig'), theirs)).toBe(
      `${BASE.replace('[ ] Dig', '[x] Dig')}\n- [ ] Prune`,
    )
  })

  it('cannot be merged where both changed the same line, or wrote at the same place', () => {
    expect(mergeLines(BASE, BASE.replace('Dig', 'Dig deep'), BASE.replace('Dig', 'Dig well'))).toBeNull()
    expect(mergeLines(BASE, `${BASE}\nMine`, `${BASE}\nTheirs`)).toBeNull()
  })

  it('is what both made of it, when they made the same', () => {
    const both = BASE.replace('Dig', 'Dig deep')
    expect(mergeLines(BASE, both, both)).toBe(both)
  })

  it('cannot be merged where one deleted the line that the other emptied', () => {
    expect(mergeLines('a\nb\nc', 'a\nc', 'a\n\nc')).toBeNull()
  })

  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 }).map((lines) => lines.join('\n'))

  it('is theirs where I changed nothing, and mine where they changed nothing', () =>
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(mergeLines(base, base, other)).toBe(other)
        expect(mergeLines(base, other, base)).toBe(other)
      }),
    ))

  it('is the same whoever was first', () =>
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        expect(mergeLines(base, mine, theirs)).toBe(mergeLines(base, theirs, mine))
      }),
    ))
})
