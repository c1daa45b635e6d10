import { locale } from '../../lib/locale.ts'

/** "29 Jan", with the year when it is not this one, as the system writes it; with the weekday when it is `long`. */
export function formatDay(day: string, today: string, isLong = false): string {
  const isThisYear = day.slice(0, 4) === today.slice(0, 4)
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(locale(), {
    timeZone: 'UTC',
    day: 'numeric',
    month: isLong ? 'long' : 'short',
    ...(isLong && { weekday: 'long' }),
    ...((isLong || !isThisYear) && { year: 'numeric' }),
  })
}
