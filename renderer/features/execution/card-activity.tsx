import type { ExecutionSummary, Phase } from '#shared/execution.ts'
import { workText } from '../../lib/activity-text.ts'
import { formatCost, totalTokens } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { useQueued } from '../../lib/use-queue.ts'
import styles from './card-activity.module.css'
import { retryCause } from './retry-cause.ts'
import { useWork } from './use-work.ts'

const PHASES: readonly (Phase | null)[] = ['architecture', 'development', 'review']

/** What runs on a card right now, or why it waits for its turn. */
export function CardActivity({ execution }: { execution: ExecutionSummary }) {
  const queued = useQueued(execution)
  if (execution.status === 'running' && !queued) return <AtWork execution={execution} />
  const reason = queued?.reason ?? texts.execution.waitsForTurn
  return (
    <div className={styles.line}>
      <span className={styles.text} title={reason}>
        {reason}
      </span>
    </div>
  )
}

/** How far it is, the tool or the last line, tokens and cost. */
function AtWork({ execution }: { execution: ExecutionSummary }) {
  const work = useWork(execution)
  const tokens = totalTokens(work.usage)
  const cost = formatCost(work.cost_usd)
  const now = useNow(1_000, work.retry !== null)
  const text = work.retry
    ? texts.execution.cardTriesAgain(retryCause(work.retry.cause), work.retry.until.getTime() - now)
    : workText({ ...execution, activity_line: work.activity_line })
  return (
    <div className={styles.activity}>
      <Progress execution={execution} />
      <div className={styles.line}>
        <span className={styles.text} title={text}>
          {text}
        </span>
        <span className={styles.figure}>
          {tokens > 0 && texts.execution.tok(tokens)}
          {tokens > 0 && cost && ` · ${cost}`}
        </span>
      </div>
    </div>
  )
}

/** One mark for each phase of a round: behind, at work, ahead. */
function Progress({ execution }: { execution: ExecutionSummary }) {
  const phase = execution.current_phase === 'fix' ? 'development' : execution.current_phase
  const at = PHASES.indexOf(phase)
  return (
    <div className={styles.progress} aria-hidden="true">
      {PHASES.map((one, index) => (
        <span key={one} data-state={index < at ? 'done' : index === at ? 'now' : 'ahead'} />
      ))}
    </div>
  )
}
