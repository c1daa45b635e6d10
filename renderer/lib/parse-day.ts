import { addDays } from '#shared/match-card.ts'
import { Day } from '#shared/task.ts'

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const UNITS: Readonly<Record<string, 'day' | 'week' | 'month' | 'year'>> = {
  d: 'day',
  day: 'day',
  w: 'week',
  week: 'week',
  m: 'month',
  month: 'month',
  y: 'year',
  year: 'year',
}

/** The same day so many months later, or the last of a month that is too short for it. */
export function addMonths(day: string, count: number): string {
  const [year, month, date] = partsOf(day)
  const last = new Date(Date.UTC(year, month + count + 1, 0)).getUTCDate()
  return dayOf(year, month + count, Math.min(date, last))
}

/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/**
 * The day that somebody means: "tomorrow", "fri", "next week", "in 3 days", "2w", "31 jan", "2026-01-31". A weekday is
 * the next one that is not today, a date without a year the next one. Null: it is no day.
 */
export function parseDay(typed: string, now: string): string | null {
  const text = typed.trim().toLowerCase().replace(/,/g, ' ').replace(/\s+/g, ' ')
  const day = namedDay(text, now) ?? laterDay(text, now) ?? writtenDay(text, now)
  return day !== null && Day.safeParse(day).success ? day : null
}

function namedDay(text: string, now: string): string | null {
  const named = NAMED.find(({ words, least }) =>
    words.some((word) => isShort(text, word, least ?? word.length)),
  )
  return named ? named.day(now) : weekdayNamed(text, now)
}

const NAMED: readonly { words: readonly string[]; least?: number; day: (now: string) => string }[] = [
  { words: ['today'], least: 3, day: (now) => now },
  { words: ['tomorrow'], least: 3, day: (now) => addDays(now, 1) },
  { words: ['tmr'], day: (now) => addDays(now, 1) },
  { words: ['yesterday'], least: 3, day: (now) => addDays(now, -1) },
  { words: ['next week'], day: (now) => nextWeekday(now, 1) },
  { words: ['next month'], day: (now) => addMonths(firstOf(now), 1) },
  {
    words: ['eow', 'end of week'],
    day: (now) => (weekdayOf(now) === 5 ? now : nextWeekday(now, 5)),
  },
  { words: ['eom', 'end of month'], day: (now) => addDays(addMonths(firstOf(now), 1), -1) },
]

/** "Next Friday" is the one of the week after, if this week's has not been yet. */
function weekdayNamed(text: string, now: string): string | null {
  const name = text.replace(/^(next|this|on) /, '')
  const weekday = WEEKDAYS.findIndex((one) => isShort(name, one, 3))
  if (weekday === -1) return null
  const next = nextWeekday(now, weekday)
  return text.startsWith('next ') && mondayOf(next) === mondayOf(now) ? addDays(next, 7) : next
}

function firstOf(day: string): string {
  return `${day.slice(0, 8)}01`
}

function laterDay(text: string, now: string): string | null {
  const [, sign, count, word] = /^(?:(\+)|in )?(a|an|\d{1,4}) ?([a-z]+)$/.exec(text) ?? []
  const unit = UNITS[word ?? ''] ?? UNITS[word?.replace(/s$/, '') ?? '']
  if (!unit || !count) return null
  if (/^an?$/.test(count) && sign) return null
  const number = /^an?$/.test(count) ? 1 : Number(count)
  if (unit === 'day') return addDays(now, number)
  if (unit === 'week') return addDays(now, number * 7)
  return addMonths(now, unit === 'month' ? number : number * 12)
}

function writtenDay(text: string, now: string): string | null {
  if (/^\d{4}-\d{1,2}-\d{1,2}$/.test(text)) {
    const [year = 0, month = 0, date = 0] = text.split('-').map(Number)
    return exactDay(year, month - 1, date)
  }
  const [, before, name, after, year] =
    /^(\d{1,2})?\.? ?([a-z]{3,9})\.? ?(\d{1,2})?(?: (\d{4}))?$/.exec(text) ?? []
  const month = MONTHS.findIndex((one) =>
    name === 'sept' ? one === 'september' : isShort(name ?? '', one, 3),
  )
  if (month !== -1 && (before === undefined) !== (after === undefined)) {
    return comingDay(now, month, Number(before ?? after), year)
  }
  const [, date, number, inYear] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?$/.exec(text) ?? []
  return date && number ? comingDay(now, Number(number) - 1, Number(date), inYear) : null
}

/** In this year, or in the next if it has been already. */
function comingDay(now: string, month: number, date: number, year: string | undefined): string | null {
  if (year !== undefined) return exactDay(Number(year), month, date)
  const thisYear = Number(now.slice(0, 4))
  const day = exactDay(thisYear, month, date)
  return day !== null && day >= now ? day : exactDay(thisYear + 1, month, date)
}

/** Null for the 31st of a month that has none. */
function exactDay(year: number, month: number, date: number): string | null {
  const day = dayOf(year, month, date)
  const [, isMonthOf, isDateOf] = partsOf(day)
  return isMonthOf === month && isDateOf === date ? day : null
}

function nextWeekday(now: string, weekday: number): string {
  return addDays(now, ((weekday - weekdayOf(now) + 6) % 7) + 1)
}

function mondayOf(day: string): string {
  return addDays(day, -((weekdayOf(day) + 6) % 7))
}

/** "fri" and "frid" are short for "friday". */
function isShort(text: string, word: string, least: number): boolean {
  return text.length >= least && word.startsWith(text)
}

function partsOf(day: string): [number, number, number] {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return [year, month - 1, date]
}

function dayOf(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10)
}
