import { describe, expect, it } from 'vitest'
import { storable, storableJson } from '#db/storable.ts'

describe('text that PostgreSQL cannot hold', () => {
  it.each([
    ['NUL', 'a\u0000b', 'a\ufffdb'],
    ['the first half of a character', 'a\ud83db', 'a\ufffdb'],
    ['the second half of a character', 'a\udca9b', 'a\ufffdb'],
    ['a whole character', 'a\u{1f4a9}b', 'a\u{1f4a9}b'],
    ['what only looks like it', 'a\\u0000b', 'a\\u0000b'],
  ])('%s, as value and as JSON', (_name, text, stored) => {
    const value = { lines: [{ text }] }
    expect(storable(value)).toEqual({ lines: [{ text: stored }] })
    expect(JSON.parse(storableJson(value))).toEqual({ lines: [{ text: stored }] })
  })

  it('keys and dates stay as they are', () => {
    const value = { 'a key': new Date('2026-11-22T12:00:00Z'), text: '\u0000' }
    expect(storableJson(value)).toBe('{"a key":"2026-11-22T12:00:00.000Z","text":"\ufffd"}')
  })
})
