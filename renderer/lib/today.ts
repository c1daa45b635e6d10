import { useNow } from './use-now.ts'

/** YYYY-MM-DD, where the person is. */
export function dayOf(moment: number | Date): string {
  const date = new Date(moment)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The day as it is now; another one after midnight. */
export function useToday(): string {
  return dayOf(useNow(60_000, true))
}
