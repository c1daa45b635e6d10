import clsx from 'clsx'
import { type ComponentType, memo } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { TaskCard } from '#shared/task.ts'
import { waitingText } from '../../lib/activity-text.ts'
import { adviceOf, executionView } from '../../lib/execution-state.ts'
import { formatCost } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useHalfMerged } from '../../lib/use-half-merged.ts'
import { Badge, StateDot } from '../../ui/badge.tsx'
import { PriorityIcon } from '../../ui/priority-icon.tsx'
import styles from './card.module.css'
import { CardLabels, CardMeta, WaitsFor, WaitsForRoom } from './card-facts.tsx'

interface CardFaceProps {
  task: TaskCard
  boardKey: string
  execution: ExecutionSummary | null
  /** What has to be done before it. */
  waitsFor: readonly TaskCard[]
  Activity: ComponentType<{ execution: ExecutionSummary }>
  isOverlay?: boolean
  /** Other cards that are dragged with it. */
  stackedBelow?: number
}

/** What a card looks like, on the board and under the pointer. */
export const CardFace = memo(function CardFace({
  task,
  boardKey,
  execution,
  stackedBelow = 0,
  ...rest
}: CardFaceProps) {
  const isStack = stackedBelow > 0
  return (
    <div className={clsx(styles.face, rest.isOverlay && styles.overlay, isStack && styles.stack)}>
      {isStack && <span className={styles.stackCount}>{stackedBelow + 1}</span>}
      <div className={styles.top}>
        <span className={styles.key}>
          {boardKey}-{task.number}
        </span>
        {execution?.provider === 'scripted' && execution.resolution === 'none' && (
          <Badge>{texts.card.demoAgent}</Badge>
        )}
        <span className={styles.spacer} />
        {task.priority && <PriorityIcon priority={task.priority} />}
      </div>
      <div className={styles.title} dir="auto">
        {task.title}
      </div>
      {rest.waitsFor.length > 0 && <WaitsFor cards={rest.waitsFor} boardKey={boardKey} />}
      {execution && <WaitsForRoom task={task} execution={execution} />}
      <CardLabels task={task} />
      <CardMeta task={task} />
      {execution && <AgentState execution={execution} Activity={rest.Activity} />}
    </div>
  )
})

function AgentState({
  execution,
  Activity,
}: Pick<CardFaceProps, 'Activity'> & { execution: ExecutionSummary }) {
  const half = useHalfMerged(execution)
  const view = executionView(execution, half)
  const isRunning = execution.status === 'running'
  const isBad = view.tone === 'bad' || view.tone === 'warn'
  const reason = half
    ? texts.card.finishOrTakeBack
    : (waitingText(execution) ?? (isBad ? adviceOf(execution.error_message) : null))
  return (
    <div className={styles.agent} data-tone={view.tone}>
      <div className={styles.state}>
        <StateDot tone={view.tone} isLive={view.isLive} />
        <span className={styles.stateLabel}>{view.label}</span>
        {isRunning && (
          <span className={styles.round}>
            {texts.card.round(execution.iteration, execution.max_iterations)}
          </span>
        )}
        <span className={styles.spacer} />
        {!isRunning && <Outcome execution={execution} />}
      </div>
      {reason && <div className={styles.reason}>{reason}</div>}
      {(isRunning || execution.status === 'pending') && <Activity execution={execution} />}
    </div>
  )
}

function Outcome({ execution }: { execution: ExecutionSummary }) {
  const cost = execution.cost_usd === 0 ? null : formatCost(execution.cost_usd)
  if (execution.files_changed === 0 || execution.resolution === 'discarded') {
    return cost ? <span className={styles.figure}>{cost}</span> : null
  }
  return (
    <>
      {execution.additions > 0 && (
        <span className={clsx(styles.figure, styles.added)}>+{execution.additions}</span>
      )}
      {execution.deletions > 0 && (
        <span className={clsx(styles.figure, styles.removed)}>−{execution.deletions}</span>
      )}
    </>
  )
}
