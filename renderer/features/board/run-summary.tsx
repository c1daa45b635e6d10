import { useMemo } from 'react'
import { type AgentState, agentStateOf } from '#shared/agent-state.ts'
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
}

/** The same object while no execution and no number of cards changes. */
export function useRunCounts({ executions, tasks }: BoardState): RunCounts {
  const count = tasks.size
  // biome-ignore lint/correctness/useExhaustiveDependencies: which cards there are matters, not what they say
  return useMemo(() => {
    const all = [...executions.values()].filter((one) => tasks.has(one.task_id))
    const queued = all.filter((one) => one.status === 'pending').length
    const inState = (...states: AgentState[]) =>
      all.filter((one) => states.includes(agentStateOf(one))).length
    return {
      queued,
      running: inState('running') - queued,
      ready: inState('ready'),
      attention: inState('needs_you', 'failed'),
    }
  }, [executions, count])
}

/** What the agents of a board do, in numbers. */
export function RunSummary({ counts: { running, queued, attention, ready } }: { counts: RunCounts }) {
  const parts = [
    { tone: 'run', count: running, text: 'running' },
    { tone: 'mute', count: queued, text: 'queued' },
    { tone: 'warn', count: attention, text: attention === 1 ? texts.board.needs : texts.board.need },
    { tone: 'good', count: ready, text: 'ready' },
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
