import { afterEach, describe, expect, it } from 'vitest'
import { formatWhole, plural } from '../../../renderer/lib/format.ts'
import { dateFormat, locale, setLocale } from '../../../renderer/lib/locale.ts'

afterEach(() => setLocale(null))

describe('the language of dates and numbers', () => {
  it('holds for formats that were made before it was chosen', () => {
    const date = dateFormat({ dateStyle: 'short', timeZone: 'UTC' })
    setLocale('en-GB')
    expect(date().format(0)).toBe('01/01/1970')
    setLocale('de-DE')
    expect(date().format(0)).toBe('01.01.70')
    expect(formatWhole(12_345)).toBe('12.345')
    expect(plural(12_345, 'card')).toBe('12.345 cards')
  })

  it('is that of the system when none is chosen, or none that exists', () => {
    setLocale('no language at all')
    expect(locale()).toBeUndefined()
    setLocale(null)
    expect(locale()).toBeUndefined()
  })
})
