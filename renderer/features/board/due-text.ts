import { addDays } from '#shared/match-card.ts'
import { dateFormat } from '../../lib/locale.ts'
import { texts } from '../../lib/texts/texts.ts'

export type DueTone = 'late' | 'today' | 'calm'

/** How urgent a day is; what is done is never late. */
export function dueTone(day: string, today: string, isDone: boolean): DueTone {
  if (isDone || day > today) return 'calm'
  return day === today ? 'today' : 'late'
}

const near = dateFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' })
const far = dateFormat({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** "Today", "12 Jun"; of another year "12 Jun 2027". */
export function dueText(day: string, today: string): string {
  if (day === today) return texts.card.today
  if (day === addDays(today, 1)) return texts.card.tomorrow
  if (day === addDays(today, -1)) return texts.card.yesterday
  return (day.slice(0, 4) === today.slice(0, 4) ? near() : far()).format(new Date(`${day}T00:00:00Z`))
}
