import { ChevronRight, Circle, CircleCheck, CircleDot, ListChecks } from 'lucide-react'
import { useState } from 'react'
import type { PlanEntry } from '#shared/execution-event.ts'
import { texts } from '../../lib/texts/texts.ts'
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
    <section className={styles.plan} aria-label={texts.execution.planAgent}>
      <button type="button" className={styles.head} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ListChecks />
        <span className={styles.title}>{texts.execution.planDone(done, entries.length)}</span>
        {!isOpen && now && isRunning && <span className={styles.now}>{now.text}</span>}
        <ChevronRight className={styles.chevron} data-open={isOpen} />
      </button>
      {isOpen && <PlanEntries entries={entries} />}
    </section>
  )
}

const ICONS = { pending: Circle, in_progress: CircleDot, completed: CircleCheck }
const NAMES = {
  pending: texts.execution.do,
  in_progress: texts.execution.atWork,
  completed: texts.execution.done,
}

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
