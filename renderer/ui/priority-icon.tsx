import type { Priority } from '#shared/task.ts'
import { texts } from '../lib/texts/texts.ts'
import styles from './priority-icon.module.css'

export const PRIORITY_NAME: Readonly<Record<Priority, string>> = {
  low: texts.ui.low,
  medium: texts.ui.medium,
  high: texts.ui.high,
  urgent: texts.ui.urgent,
}

const BARS: Readonly<Record<Priority, number>> = { low: 1, medium: 2, high: 3, urgent: 3 }

/** How much a card matters: one to three bars, or a filled mark when it is urgent. */
export function PriorityIcon({ priority }: { priority: Priority | null }) {
  if (priority === 'urgent') {
    return (
      <svg
        width="14"
        height="14"
        viewBox="0 0 14 14"
        className={styles.urgent}
        role="img"
        aria-label={texts.ui.urgent}
      >
        <rect x="1" y="1" width="12" height="12" rx="3" fill="currentColor" />
        <path d="M7 3.6v4" stroke="var(--bg-card)" strokeWidth="1.6" strokeLinecap="round" />
        <circle cx="7" cy="10.2" r="0.95" fill="var(--bg-card)" />
      </svg>
    )
  }
  const filled = priority ? BARS[priority] : 0
  const label = priority ? texts.ui.priority(PRIORITY_NAME[priority]) : texts.ui.noPriority
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" className={styles.bars} role="img" aria-label={label}>
      {[0, 1, 2].map((bar) => (
        <rect
          key={bar}
          x={1.5 + bar * 4}
          y={8.5 - bar * 3}
          width="3"
          height={4 + bar * 3}
          rx="1"
          fill="currentColor"
          opacity={bar < filled ? 1 : 0.28}
        />
      ))}
    </svg>
  )
}
