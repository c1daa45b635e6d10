import { useQuery } from '@tanstack/react-query'
import { Terminal } from 'lucide-react'
import type { ExecutionSummary, Phase } from '#shared/execution.ts'
import { formatCost, formatCount, totalTokens } from '../../lib/format.ts'
import { api } from '../../lib/trpc.ts'
import styles from './card-activity.module.css'
import { latestLine } from './latest-line.ts'
import { useTranscript } from './use-transcript.ts'

/** How many of the latest lines are read to show the last one. */
const TAIL = 40
const PHASES: readonly (Phase | null)[] = ['architecture', 'development', 'review']

/** What runs on a card right now: how far it is, the tool or the last line, tokens and cost. */
export function CardActivity({ execution }: { execution: ExecutionSummary }) {
  const start = useQuery({
    queryKey: ['execution-tail', execution.id],
    queryFn: async () => {
      const { last_sequence } = await api.executions.get.query({ id: execution.id })
      return Math.max(0, last_sequence - TAIL)
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { transcript } = useTranscript(start.data === undefined ? null : execution.id, start.data)
  const line = latestLine(transcript, execution.current_phase)
  const tokens = totalTokens(transcript.usage ?? execution.usage)
  const cost = formatCost(transcript.usage ? transcript.costUsd : execution.cost_usd)
  return (
    <div className={styles.activity}>
      <Progress execution={execution} />
      <div className={styles.line}>
        {line?.kind === 'tool' && <Terminal />}
        <span className={styles.text} data-kind={line?.kind}>
          {line?.text ?? 'Starting…'}
        </span>
        <span className={styles.figure}>
          {tokens > 0 && `${formatCount(tokens)} tok`}
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
