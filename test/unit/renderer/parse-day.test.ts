import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '#shared/match-card.ts'
import { addMonths, parseDay, weekdayOf } from '../../../renderer/lib/parse-day.ts'

/** A Thursday. */
const NOW = '2026-01-29'

test.each([
  ['today', '2026-01-29'],
  ['Tod', '2026-01-29'],
  ['tomorrow', '2026-01-30'],
  ['tom', '2026-01-30'],
  ['yesterday', '2026-01-28'],
  ['fri', '2026-01-30'],
  ['Thursday', '2026-02-05'],
  ['next fri', '2026-02-06'],
  ['next mon', '2026-02-02'],
  ['next week', '2026-02-02'],
  ['next month', '2026-02-01'],
  ['eom', '2026-01-31'],
  ['eow', '2026-01-30'],
  ['in 3 days', '2026-02-01'],
  ['3d', '2026-02-01'],
  ['+2w', '2026-02-12'],
  ['in a month', '2026-02-28'],
  ['1 year', '2027-01-29'],
  ['31 jan', '2026-01-31'],
  ['Jan 28', '2027-01-28'],
  ['28 feb 2030', '2030-02-28'],
  ['sept 1', '2026-09-01'],
  ['1.3.', '2026-03-01'],
  ['1.3.2031', '2031-03-01'],
  ['2026-2-3', '2026-02-03'],
])('“%s” is %s', (text, day) => {
  expect(parseDay(text, NOW)).toBe(day)
})

test.each(['', 'soon', '31 feb', '2026-02-30', 'f', '13', 'jan', 'in days', '1500-01-01', '99999 days'])(
  '“%s” is no day',
  (text) => {
    expect(parseDay(text, NOW)).toBeNull()
  },
)

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('whatever is typed, the answer is a day or null', () => {
  fc.assert(
    fc.property(fc.string(), day, (text, now) => {
      expect(parseDay(text, now) ?? now).toMatch(/^\d{4}-\d\d-\d\d$/)
    }),
  )
})

test('a day is read as it is written, and a weekday is one of the next seven days', () => {
  fc.assert(
    fc.property(day, fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), (now, name) => {
      expect(parseDay(now, '2026-01-01')).toBe(now)
      const next = parseDay(name, now) ?? ''
      expect(next > now && next <= addDays(now, 7)).toBe(true)
      expect(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][weekdayOf(next)]).toBe(name)
    }),
  )
})

test('months end where they end', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(addMonths('2028-01-31', 1)).toBe('2028-02-29')
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
})
