import { Bot, GitBranch, Split } from 'lucide-react'
import type { ComponentType, ReactNode } from 'react'
import { type ExecutionDetail, type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { ExecutionId, TaskId } from '#shared/ids.ts'
import { finishedRounds } from '#shared/round.ts'
import { WORTH_TELLING_MS, waitTime, workTime } from '#shared/work-time.ts'
import { formatAgo, formatCost, formatDuration, formatWhole, totalTokens } from '../../lib/format.ts'
import { locale } from '../../lib/locale.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useNow } from '../../lib/use-now.ts'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import styles from './agents-section.module.css'
import { NoChecks } from './checks-none.tsx'
import { ProjectRun } from './checks-project.tsx'
import { ChecksBefore } from './checks-step.tsx'
import { Rounds } from './rounds.tsx'
import { RunAgainButton, RunButton } from './run-button.tsx'
import { RunStrip } from './run-strip.tsx'
import { SandboxBadge } from './sandbox-badge.tsx'
import { StatusBanner } from './status-banner.tsx'
import { useChecks } from './use-checks.ts'
import { useExecution } from './use-executions.ts'
import { useWork } from './use-work.ts'

interface AgentsSectionProps {
  taskId: TaskId
  /** Newest first. */
  executions: readonly ExecutionSummary[]
  /** The one that is looked at. */
  execution: ExecutionSummary | null
  onSelect: (id: ExecutionId) => void
  resultActions: ReactNode
  /** What lets it go on where Resume alone would not. */
  WayOn: ComponentType<{ execution: ExecutionSummary }>
  /** What the run asks a person, and what they may say. */
  decisions: ReactNode
  /** Asks which agents shall do the card beside each other. */
  onSeveral: () => void
  /** Shows two rounds side by side. */
  onCompareRounds: () => void
}

/** What agents have done and do on a card. */
export function AgentsSection({
  taskId,
  executions,
  execution,
  onSelect,
  resultActions,
  WayOn,
  decisions,
  onSeveral,
  onCompareRounds,
}: AgentsSectionProps) {
  const isBusy = executions.some((one) => isActive(one.status))
  return (
    <section className={styles.section} aria-label={texts.execution.agents}>
      <div className={styles.head}>
        <h3>{texts.execution.agents}</h3>
        {execution?.provider === 'scripted' && <Badge>{texts.execution.demoAgent}</Badge>}
        {execution?.sandbox && <SandboxBadge sandbox={execution.sandbox} />}
        <span className={styles.actions}>
          {executions.length > 1 && execution && (
            <Select
              label={texts.execution.run}
              value={execution.id}
              onChange={onSelect}
              choices={executions.map((one, index) => ({
                value: one.id,
                label: texts.execution.runCount(executions.length - index),
                hint: one.created_at.toLocaleString(locale()),
              }))}
            />
          )}
          {!isBusy && execution && <RunAgainButton key={execution.id} execution={execution} />}
          {!isBusy && (
            <IconButton size="small" label={texts.execution.runWithSeveralAgents} onClick={onSeveral}>
              <Split />
            </IconButton>
          )}
        </span>
      </div>
      {execution ? (
        <Details
          execution={execution}
          resultActions={resultActions}
          WayOn={WayOn}
          decisions={decisions}
          onCompareRounds={onCompareRounds}
        />
      ) : (
        <div className={styles.none}>
          <Bot />
          <p>{texts.execution.noAgentWorked}</p>
          <RunButton taskId={taskId} />
        </div>
      )}
    </section>
  )
}

interface DetailsProps
  extends Pick<AgentsSectionProps, 'resultActions' | 'WayOn' | 'decisions' | 'onCompareRounds'> {
  execution: ExecutionSummary
}

function Details({ execution, resultActions, WayOn, decisions, onCompareRounds }: DetailsProps) {
  const detail = useExecution(execution.id)
  const checks = useChecks(execution.id, execution.status === 'running')
  const said = checks.data ?? []
  return (
    <>
      <StatusBanner
        key={execution.id}
        execution={execution}
        steps={detail.data?.steps ?? null}
        resultActions={resultActions}
        WayOn={WayOn}
      />
      {decisions}
      <Figures execution={execution} course={detail.data ?? null} />
      {detail.isPending && (
        <div className={styles.skeleton} role="status" aria-label={texts.execution.loadingRounds}>
          <Skeleton height="36px" />
          <Skeleton height="36px" />
        </div>
      )}
      {detail.isError && !detail.data && (
        <ErrorState
          title={texts.execution.roundsCouldNotRead}
          error={detail.error}
          onRetry={() => void detail.refetch()}
        />
      )}
      {detail.data && <RunStrip run={detail.data} />}
      {detail.data && detail.data.steps.length > 0 && (
        <Rounds
          steps={detail.data.steps}
          checks={said}
          onCompare={finishedRounds(execution, detail.data.steps).length > 1 ? onCompareRounds : null}
        />
      )}
      {checks.isError && !checks.data && (
        <ErrorState
          title={texts.execution.checksCouldNotRead}
          error={checks.error}
          onRetry={() => void checks.refetch()}
        />
      )}
      <ChecksBefore checks={said} />
      {detail.data && checks.data && <NoChecks steps={detail.data.steps} checks={said} />}
      {detail.data?.workspace_path && (
        <ProjectRun id={execution.id} checks={said} onChanged={() => void checks.refetch()} />
      )}
    </>
  )
}

interface FiguresProps {
  execution: ExecutionSummary
  course: Pick<ExecutionDetail, 'steps' | 'waits'> | null
}

/** Its time is known once its steps are: what lay between them was waiting. */
function Figures({ execution, course }: FiguresProps) {
  const isRunning = isActive(execution.status)
  const now = useNow(1_000, isRunning)
  const { started_at: start, completed_at: end } = execution
  const until = isRunning || !end ? now : end.getTime()
  const { usage, cost_usd: cost } = useWork(execution)
  const tokens = totalTokens(usage)
  const waited = course ? waitTime(course.waits, until) : 0
  const figures = [
    start && {
      label: texts.execution.time,
      value: course ? formatDuration(workTime(start, course.steps, until)) : '…',
    },
    waited >= WORTH_TELLING_MS && {
      label: texts.execution.waited,
      value: formatDuration(waited),
      hint: texts.execution.waitedForYou,
    },
    tokens > 0 && {
      label: texts.execution.tokens,
      value: formatWhole(tokens),
      hint: texts.execution.inOutFromCacheCache(
        usage.input,
        usage.output,
        usage.cache_read,
        usage.cache_write,
      ),
    },
    tokens > 0 && {
      label: texts.execution.cost,
      value: formatCost(cost) ?? texts.execution.notKnown,
      hint: execution.cost_is_estimate
        ? texts.execution.agentsOwnEstimate
        : texts.execution.estimatedFromListPrices,
    },
    start && {
      label: texts.execution.started,
      value: formatAgo(start, Math.max(now, Date.now())),
      hint: start.toLocaleString(locale()),
    },
  ].filter((figure) => figure !== null && figure !== false)
  return (
    <dl className={styles.figures}>
      {figures.map(({ label, value, ...rest }) => (
        <div key={label} title={'hint' in rest ? rest.hint : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {execution.branch && (
        <div className={styles.branch} title={execution.branch}>
          <dt>{texts.execution.branch}</dt>
          <dd>
            <GitBranch />
            <span>{execution.branch}</span>
          </dd>
        </div>
      )}
    </dl>
  )
}
