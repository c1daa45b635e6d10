import { CircleStop, Pause, Play } from 'lucide-react'
import type { RunningExecution } from '#shared/running.ts'
import { waitingSince, workTime } from '#shared/work-time.ts'
import { activityText, waitingText } from '../../lib/activity-text.ts'
import { executionView, PHASE_NAME } from '../../lib/execution-state.ts'
import { formatCost, formatDuration, totalTokens } from '../../lib/format.ts'
import { routeHash } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Badge, StateDot } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import styles from './agents-page.module.css'

interface RunningRowProps {
  run: RunningExecution
  now: number
  /** In the queue; null: it has begun. */
  queued: { place: number; reason: string } | null
}

/** One run: on which card, how far, what it does now; a link to it, and what can be done about it. */
export function RunningRow({ run, now, queued }: RunningRowProps) {
  const { execution, board, task } = run
  const view = executionView(execution)
  const key = `${board.key}-${task.number}`
  return (
    <li className={styles.row}>
      <a
        className={styles.link}
        href={routeHash({ page: 'board', boardId: board.id, taskId: task.id })}
        aria-label={`${key} ${task.title}`}
      >
        <span className={styles.line}>
          <StateDot tone={view.tone} isLive={view.isLive} />
          <span className={styles.key}>{key}</span>
          <span className={styles.name}>{task.title}</span>
          {execution.provider === 'scripted' && <Badge>{texts.agents.demo}</Badge>}
        </span>
        <span className={styles.now}>{queued ? texts.agents.place(queued.place) : nowText(run)}</span>
        <span className={styles.facts}>{factsOf(run, now, queued?.reason ?? null).join(' · ')}</span>
      </a>
      <Actions run={run} />
    </li>
  )
}

function nowText({ execution }: RunningExecution): string {
  const { label } = executionView(execution)
  if (execution.status === 'running') return activityText(execution)
  return waitingText(execution) ?? execution.error_message ?? label
}

function factsOf(
  { execution, board, steps, waits }: RunningExecution,
  now: number,
  reason: string | null,
): string[] {
  const { current_phase: phase, iteration, max_iterations: rounds, started_at: start } = execution
  const tokens = totalTokens(execution.usage)
  const cost = formatCost(execution.cost_usd)
  const since = waitingSince(waits)
  const facts = [
    board.name,
    reason?.replace(/\.$/, ''), // a sentence of its own elsewhere
    reason === null && phase && PHASE_NAME[phase],
    reason === null && texts.agents.round(iteration, rounds),
    reason === null && start && texts.agents.since(formatDuration(workTime(start, steps, now))),
    since && texts.agents.waits(formatDuration(now - since.getTime())),
    reason !== null && texts.agents.waits(formatDuration(now - execution.created_at.getTime())),
    tokens > 0 && texts.agents.tok(tokens),
    tokens > 0 && cost,
  ]
  return facts.filter((fact) => typeof fact === 'string')
}

function Actions({ run: { execution, board, task } }: { run: RunningExecution }) {
  const { id, status } = execution
  const cancel = useAction(() => api.executions.cancel.mutate({ id }), {
    failed: texts.agents.notCancelled,
    onSuccess: () => showToast({ title: texts.agents.cancelled(`${board.key}-${task.number}`) }),
  })
  const pause = useAction(() => api.executions.pause.mutate({ id }), { failed: texts.agents.notPaused })
  const resume = useAction(() => api.executions.resume.mutate({ id }), { failed: texts.agents.notResumed })
  return (
    <div className={styles.actions}>
      {(status === 'running' || status === 'pending') && (
        <Button
          size="small"
          variant="ghost"
          icon={<Pause />}
          isBusy={pause.isPending}
          onClick={() => pause.mutate()}
        >
          {texts.agents.pause}
        </Button>
      )}
      {status === 'paused' && (
        <Button size="small" icon={<Play />} isBusy={resume.isPending} onClick={() => resume.mutate()}>
          {texts.agents.resume}
        </Button>
      )}
      <Button
        size="small"
        variant="ghost"
        icon={<CircleStop />}
        isBusy={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        {cancel.isPending ? texts.agents.cancelling : texts.agents.cancel}
      </Button>
    </div>
  )
}
