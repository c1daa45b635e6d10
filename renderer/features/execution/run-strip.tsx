import type { ExecutionDetail, Phase } from '#shared/execution.ts'
import { stepTime, workTime } from '#shared/work-time.ts'
import { PHASE_NAME } from '../../lib/execution-state.ts'
import { isByPerson } from '../../lib/person-step.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import styles from './run-strip.module.css'
import { stepWarning } from './step-warning.ts'

const LEAST = 0.02

interface RunStripProps {
  run: Pick<ExecutionDetail, 'steps' | 'started_at'>
}

/** All steps of a run side by side, each as wide as it took: where the time went. */
export function RunStrip({ run: { steps, started_at: start } }: RunStripProps) {
  const isRunning = steps.some((step) => step.status === 'running')
  const now = useNow(1_000, isRunning)
  const parts = steps
    .filter((step) => !isByPerson(step)) // it took nobody's time
    .map((step) => ({ step, ms: stepTime(step, now) }))
  const all = parts.reduce((sum, { ms }) => sum + (ms ?? 0), 0)
  if (parts.length < 2 || all === 0 || !start) return null
  return (
    <ol className={styles.strip} aria-label={texts.execution.whereTimeWentInAll(workTime(start, steps, now))}>
      {parts.map(({ step, ms }) => {
        const name = texts.execution.stripPart(WORK_OF[step.phase], step.iteration, ms)
        return (
          <li
            key={step.id}
            className={styles.part}
            data-phase={step.phase}
            data-status={stepWarning(step) ? 'stopped' : step.status}
            style={{ flexGrow: Math.max((ms ?? 0) / all, LEAST) }}
            title={name}
          >
            <span className="hidden-visually">{name}</span>
          </li>
        )
      })}
    </ol>
  )
}

const WORK_OF: Readonly<Record<Phase, string>> = { ...PHASE_NAME, fix: texts.execution.fix }
