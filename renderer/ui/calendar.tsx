import clsx from 'clsx'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { addDays } from '#shared/match-card.ts'
import { locale } from '../lib/locale.ts'
import { addMonths, weekdayOf } from '../lib/parse-day.ts'
import { texts } from '../lib/texts/texts.ts'
import { IconButton } from './button.tsx'
import styles from './calendar.module.css'

interface CalendarProps {
  label: string
  /** YYYY-MM-DD, as all days here. */
  chosen: string | null
  today: string
  /** The day that the keys stand on; its month is shown. */
  at: string
  onMove: (day: string) => void
  onChoose: (day: string) => void
}

const STEPS: Readonly<Record<string, (day: string, isFar: boolean) => string>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  PageUp: (day, isFar) => addMonths(day, isFar ? -12 : -1),
  PageDown: (day, isFar) => addMonths(day, isFar ? 12 : 1),
  Home: (day) => addDays(day, -placeInWeek(day)),
  End: (day) => addDays(day, 6 - placeInWeek(day)),
}

/** A month; arrows walk by day and week, Page Up and Down by month, with Shift by year. */
export function Calendar({ label, chosen, today, at, onMove, onChoose }: CalendarProps) {
  const body = useRef<HTMLTableSectionElement>(null)
  const isWalking = useRef(false)
  useEffect(() => {
    if (!isWalking.current) return
    isWalking.current = false
    body.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus()
  }, [at])
  const handleKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (!step) return
    event.preventDefault()
    isWalking.current = true
    onMove(step(at, event.shiftKey))
  }
  return (
    <div className={styles.calendar}>
      <div className={styles.head}>
        <span className={styles.month} aria-live="polite">
          {write(at, { month: 'long', year: 'numeric' })}
        </span>
        <IconButton
          label={texts.ui.monthBefore}
          size="small"
          hasTooltip={false}
          onClick={() => onMove(addMonths(at, -1))}
        >
          <ChevronLeft />
        </IconButton>
        <IconButton
          label={texts.ui.monthAfter}
          size="small"
          hasTooltip={false}
          onClick={() => onMove(addMonths(at, 1))}
        >
          <ChevronRight />
        </IconButton>
      </div>
      <table aria-label={label}>
        <thead>
          <tr>
            {weekFrom(firstShown(at)).map((day) => (
              <th key={day} scope="col" abbr={write(day, { weekday: 'long' })}>
                {write(day, { weekday: 'narrow' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={handleKey}>
          {weeksOf(at).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day}>
                  <button
                    type="button"
                    data-day={day}
                    tabIndex={day === at ? 0 : -1}
                    aria-label={write(day, {
                      weekday: 'long',
                      day: 'numeric',
                      month: 'long',
                      year: 'numeric',
                    })}
                    aria-current={day === today ? 'date' : undefined}
                    aria-pressed={day === chosen}
                    className={clsx(styles.day, day.slice(0, 7) !== at.slice(0, 7) && styles.other)}
                    onClick={() => onChoose(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function write(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(locale(), { timeZone: 'UTC', ...options })
}

/** Six weeks, so that no month makes the panel jump. */
function weeksOf(at: string): string[][] {
  const first = firstShown(at)
  return [0, 1, 2, 3, 4, 5].map((week) => weekFrom(addDays(first, week * 7)))
}

function weekFrom(first: string): string[] {
  return [0, 1, 2, 3, 4, 5, 6].map((day) => addDays(first, day))
}

function firstShown(at: string): string {
  const first = `${at.slice(0, 8)}01`
  return addDays(first, -placeInWeek(first))
}

function placeInWeek(day: string): number {
  return (weekdayOf(day) - firstWeekday() + 7) % 7
}

/** 0 is Sunday; where the system does not say, the week begins on Monday. */
function firstWeekday(): number {
  const place = new Intl.Locale(locale() ?? navigator.language) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number }
  }
  return (place.getWeekInfo?.().firstDay ?? 1) % 7
}
