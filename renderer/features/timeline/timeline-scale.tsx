import clsx from 'clsx'
import { addDays } from '#shared/match-card.ts'
import { dateFormat } from '../../lib/locale.ts'
import styles from './timeline.module.css'
import { weekStart } from './timeline-layout.ts'

interface TimelineScaleProps {
  first: string
  today: string
  dayWidth: number
  /** Which days are in sight, counted from the first. */
  from: number
  to: number
}

const month = dateFormat({ month: 'long', year: 'numeric', timeZone: 'UTC' })
const dayOfMonth = dateFormat({ day: 'numeric', timeZone: 'UTC' })
const weekday = dateFormat({ weekday: 'narrow', timeZone: 'UTC' })

/** Narrower than this, only weeks are named. */
const NAMED_DAY = 28

/** Months, and below them days or weeks; only those in sight. */
export function TimelineScale({ first, today, dayWidth, from, to }: TimelineScaleProps) {
  const days = Array.from({ length: Math.max(0, to - from) }, (_, index) => ({
    at: from + index,
    day: addDays(first, from + index),
  }))
  const months = days.filter(({ day }, index) => index === 0 || day.endsWith('-01'))
  const named = dayWidth >= NAMED_DAY ? days : days.filter(({ day }) => weekStart(day) === day)
  return (
    <div className={styles.scale} aria-hidden="true">
      {months.map(({ at, day }, index) => {
        const next = months[index + 1]?.at ?? to
        return (
          <span
            key={day}
            className={styles.month}
            style={{ left: at * dayWidth, width: (next - at) * dayWidth }}
          >
            <span className={styles.monthName}>{month().format(dateOf(day))}</span>
          </span>
        )
      })}
      {named.map(({ at, day }) => (
        <span
          key={day}
          className={clsx(styles.day, day === today && styles.today)}
          style={{ left: at * dayWidth, width: dayWidth >= NAMED_DAY ? dayWidth : dayWidth * 7 }}
        >
          {dayWidth >= NAMED_DAY && <span className={styles.weekday}>{weekday().format(dateOf(day))}</span>}
          {dayOfMonth().format(dateOf(day))}
        </span>
      ))}
    </div>
  )
}

function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}
