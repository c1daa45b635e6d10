import { dateFormat } from '../../lib/locale.ts'

const longDay = dateFormat({ dateStyle: 'medium', timeZone: 'UTC' })

/** "3 May 2026", as the person likes it. */
export function nameOf(day: string): string {
  return longDay().format(new Date(`${day}T00:00:00Z`))
}
