import { useMemo, useRef } from 'react'
import { type AgentState, agentStateOf } from '#shared/agent-state.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { TaskId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
import { StateDot } from '../../ui/badge.tsx'
import type { BoardState } from './board-state.ts'
import styles from './board-toolbar.module.css'

/** How many executions of a board are in which state. */
export interface RunCounts {
  queued: number
  running: number
  ready: number
  attention: number
  failed: number
}

const NONE: RunCounts = { queued: 0, running: 0, ready: 0, attention: 0, failed: 0 }
const COUNTED = [
  'queued',
  'running',
  'ready',
  'attention',
  'failed',
] as const satisfies readonly (keyof RunCounts)[]

/** The same object while no number changes. */
export function useRunCounts({ executions, tasks }: Pick<BoardState, 'executions' | 'tasks'>): RunCounts {
  const now = useMemo(() => countRuns(executions, tasks), [executions, tasks])
  const last = useRef(now)
  if (!isSame(last.current, now)) last.current = now
  return last.current
}

/** Of the cards that are on the board. */
function countRuns(
  executions: ReadonlyMap<TaskId, ExecutionSummary>,
  tasks: Pick<ReadonlyMap<TaskId, unknown>, 'has'>,
): RunCounts {
  const counts = { ...NONE }
  for (const execution of executions.values()) {
    const count = countOf(execution)
    if (count && tasks.has(execution.task_id)) counts[count] += 1
  }
  return counts
}

const COUNT_OF: Readonly<Partial<Record<AgentState, keyof RunCounts>>> = {
  running: 'running',
  ready: 'ready',
  needs_you: 'attention',
  failed: 'failed',
}

function countOf(execution: ExecutionSummary): keyof RunCounts | undefined {
  return execution.status === 'pending' ? 'queued' : COUNT_OF[agentStateOf(execution)]
}

function isSame(a: RunCounts, b: RunCounts): boolean {
  return COUNTED.every((count) => a[count] === b[count])
}

/** What the agents of a board do, in numbers. */
export function RunSummary({ counts }: { counts: RunCounts }) {
  const { running, queued, attention, failed, ready } = counts
  const parts = [
    { tone: 'run', count: running, text: texts.board.running },
    { tone: 'mute', count: queued, text: texts.board.queued },
    { tone: 'warn', count: attention, text: attention === 1 ? texts.board.needs : texts.board.need },
    { tone: 'bad', count: failed, text: texts.board.failed },
    { tone: 'good', count: ready, text: texts.board.ready },
  ] as const
  const shown = parts.filter((part) => part.count > 0)
  if (shown.length === 0) return null
  return (
    <span className={styles.summary} role="status" aria-label={texts.board.agentsOnBoard}>
      {shown.map((part) => (
        <span key={part.text} className={styles.part} title={`${part.count} ${part.text}`}>
          <StateDot tone={part.tone} isLive={part.tone === 'run'} />
          {part.count} <span className={styles.partText}>{part.text}</span>
        </span>
      ))}
    </span>
  )
}
