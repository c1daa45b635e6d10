import { useQuery } from '@tanstack/react-query'
import { Trophy } from 'lucide-react'
import type { ReactNode } from 'react'
import { type ExecutionSummary, isActive, type Step } from '#shared/execution.ts'
import { providerName } from '#shared/provider.ts'
import { workTime } from '#shared/work-time.ts'
import { executionView } from '../../lib/execution-state.ts'
import { formatCost, formatDuration } from '../../lib/format.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import styles from './alternatives.module.css'

interface AlternativeProps {
  execution: ExecutionSummary
  /** Milliseconds. */
  now: number
  isShown: boolean
  onShow: () => void
  /** Null: it cannot be picked now. */
  onPick: (() => void) | null
}

/** One of several runs of a card: who made it, how it stands, and what to compare. */
export function Alternative({ execution, now, isShown, onShow, onPick }: AlternativeProps) {
  const { id, alternative, provider, model, files_changed, additions, deletions } = execution
  const checks = useQuery({
    queryKey: ['checks-of', id, execution.updated_at.getTime()],
    queryFn: () => api.executions.checks.query({ id }),
    placeholderData: (before) => before,
  })
  const detail = useQuery({
    queryKey: keys.execution(id),
    queryFn: ({ signal }) => api.executions.get.query({ id }, { signal }),
  })
  const name = `${alternative}. ${providerName(provider)}`
  const { tone, label } = executionView(execution)
  return (
    <li className={styles.alternative} aria-label={name} aria-current={isShown || undefined}>
      <div className={styles.head}>
        <button type="button" className={styles.show} onClick={onShow}>
          {name} {model && <span className={styles.model}>{model}</span>}
        </button>
        <Badge tone={tone}>{label}</Badge>
        {onPick && (
          <Button size="small" icon={<Trophy />} onClick={onPick}>
            {texts.alternatives.pick}
          </Button>
        )}
      </div>
      <dl className={styles.facts}>
        <Fact name={texts.alternatives.changes}>
          {texts.alternatives.files(files_changed)}, +{additions} −{deletions}
        </Fact>
        <Fact name={texts.alternatives.checks}>{checks.isError ? '–' : checksOf(checks.data)}</Fact>
        <Fact name={texts.alternatives.cost}>
          {execution.cost_is_estimate && '≈ '}
          {formatCost(execution.cost_usd) ?? '–'}
        </Fact>
        <Fact name={texts.alternatives.time}>
          {detail.isError ? '–' : timeOf(execution, detail.data?.steps, now)}
        </Fact>
      </dl>
    </li>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Its work, and not what it waited in between: the same that the run says of itself. */
function timeOf(
  { started_at, completed_at, status }: ExecutionSummary,
  steps: readonly Step[] | undefined,
  now: number,
): string {
  if (!started_at) return '–'
  if (!steps) return '…'
  const until = isActive(status) || !completed_at ? now : completed_at.getTime()
  return formatDuration(workTime(started_at, steps, until))
}

/** What the last run of each command said. */
function checksOf(all: readonly { kind: string; status: string }[] | undefined): string {
  if (!all) return '…'
  const last = new Map(
    all.filter(({ kind }) => kind === 'lint' || kind === 'test').map((one) => [one.kind, one]),
  )
  if (last.size === 0) return texts.alternatives.noChecks
  const failed = [...last.values()].filter(({ status }) => status !== 'passed')
  return failed.length === 0
    ? texts.alternatives.passed
    : texts.alternatives.failed(failed.map(({ kind }) => kind).join(', '))
}
