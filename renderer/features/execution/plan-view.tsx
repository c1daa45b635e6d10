import { ChevronRight, Circle, CircleCheck, CircleDot, ListChecks } from 'lucide-react'
import { useState } from 'react'
import type { PlanEntry } from '#shared/execution-event.ts'
import styles from './plan-view.module.css'

/** The plan that an agent keeps while it works, with ticks; folded to the step that it is at. */
export function PlanView({
  entries,
  isRunning,
}: {
  entries: readonly PlanEntry[] | null
  isRunning: boolean
}) {
  const [isOpen, setOpen] = useState(false)
  if (!entries || entries.length === 0) return null
  const done = entries.filter((entry) => entry.status === 'completed').length
  const now = entries.find((entry) => entry.status === 'in_progress')
  return (
    <section className={styles.plan} aria-label="Plan of the agent">
      <button type="button" className={styles.head} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ListChecks />
        <span className={styles.title}>
          Plan, {done} of {entries.length} done
        </span>
        {!isOpen && now && isRunning && <span className={styles.now}>{now.text}</span>}
        <ChevronRight className={styles.chevron} data-open={isOpen} />
      </button>
      {isOpen && <PlanEntries entries={entries} />}
    </section>
  )
}

const ICONS = { pending: Circle, in_progress: CircleDot, completed: CircleCheck }
const NAMES = { pending: 'To do:', in_progress: 'At work:', completed: 'Done:' }

/** The entries of a plan, each with its tick. */
function PlanEntries({ entries }: { entries: readonly PlanEntry[] }) {
  return (
    <ul className={styles.entries}>
      {entries.map(({ text, status }, index) => {
        const Icon = ICONS[status]
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a plan is replaced as a whole
          <li key={index} className={styles.entry} data-status={status}>
            <Icon aria-label={NAMES[status]} role="img" />
            <span>{text}</span>
          </li>
        )
      })}
    </ul>
  )
}
