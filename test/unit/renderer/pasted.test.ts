import { describe, expect, it } from 'vitest'
import { oneCardOf, readPasted, withoutFirst } from '../../../renderer/features/quick-add/pasted.ts'

describe('what is pasted into a new card', () => {
  it('is only a title when it is one line that fits', () => {
    expect(readPasted('Dig the pond\n')).toBeNull()
    expect(readPasted('x'.repeat(255))).toBeNull()
  })

  it('keeps every line, however many', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `line ${index}`).join('\n')
    expect(readPasted(text)?.lines).toHaveLength(5_000)
  })

  it('is one card with all of it in the description and its first line in the title', () => {
    expect(oneCardOf('# Dig\n\nTwo metres deep.\n')).toEqual({
      title: '# Dig',
      description: '# Dig\n\nTwo metres deep.',
    })
    expect(oneCardOf('ab '.repeat(100))?.title).toBe('ab '.repeat(85).trim())
  })

  it('is no single card when a description cannot hold it', () => {
    expect(oneCardOf('x'.repeat(5_001))).toBeNull()
  })

  it('is used up line by line', () => {
    const two = readPasted('Dig\nWater')
    expect(withoutFirst(two)).toEqual({ text: 'Water', lines: ['Water'] })
    expect(withoutFirst(withoutFirst(two))).toBeNull()
  })
})
