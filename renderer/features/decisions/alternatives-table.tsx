import { useQueries, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { Trophy } from 'lucide-react'
import { useState } from 'react'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { providerName } from '#shared/provider.ts'
import { executionView } from '../../lib/execution-state.ts'
import { formatCost, formatDuration } from '../../lib/format.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useNow } from '../../lib/use-now.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import table from '../../ui/data-table.module.css'
import { showToast } from '../../ui/toast.tsx'
import styles from './alternatives.module.css'

interface AlternativesTableProps {
  /** Of one group, in their order. */
  group: readonly ExecutionSummary[]
  shown: ExecutionId
  onShow: (id: ExecutionId) => void
}

/** What several agents made of the same card, side by side, and the choice of one. */
export function AlternativesTable({ group, shown, onShow }: AlternativesTableProps) {
  const cache = useQueryClient()
  const [picking, setPicking] = useState<ExecutionSummary | null>(null)
  const now = useNow(
    1_000,
    group.some((one) => isActive(one.status)),
  )
  const checks = useQueries({
    queries: group.map((one) => ({
      queryKey: ['checks-of', one.id, one.updated_at.getTime()],
      queryFn: () => api.executions.checks.query({ id: one.id }),
    })),
  })
  const pick = useAction((id: ExecutionId) => api.executions.pick.mutate({ id }), {
    failed: texts.alternatives.notPicked,
    onSuccess: ({ id, task_id }) => {
      setPicking(null)
      onShow(id)
      void cache.invalidateQueries({ queryKey: keys.executions(task_id) })
      showToast({
        title: texts.alternatives.othersDiscarded,
        text: texts.alternatives.eachKeptUnderHidden,
      })
    },
  })
  const isOpen = group.every(({ resolution }) => resolution === 'none')
  return (
    <section className={styles.compare} aria-label={texts.alternatives.alternatives}>
      <table className={clsx(table.table, styles.table)}>
        <thead>
          <tr>
            <th scope="col">{texts.alternatives.agentHead}</th>
            <th scope="col">{texts.alternatives.state}</th>
            <th scope="col">{texts.alternatives.changes}</th>
            <th scope="col">{texts.alternatives.checks}</th>
            <th scope="col">{texts.alternatives.cost}</th>
            <th scope="col">{texts.alternatives.time}</th>
            <th scope="col">
              <span className="hidden-visually">{texts.alternatives.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {group.map((one, index) => (
            <tr key={one.id} aria-current={one.id === shown || undefined}>
              <th scope="row">
                <button type="button" className={styles.show} onClick={() => onShow(one.id)}>
                  {one.alternative}. {providerName(one.provider)}
                  {one.model && <span className={styles.model}>{one.model}</span>}
                </button>
              </th>
              <td>
                <Badge tone={executionView(one).tone}>{executionView(one).label}</Badge>
              </td>
              <td className={styles.number}>
                {texts.alternatives.files(one.files_changed)}, +{one.additions} −{one.deletions}
              </td>
              <td>{checksOf(checks[index]?.data)}</td>
              <td className={styles.number}>
                {one.cost_is_estimate && '≈ '}
                {formatCost(one.cost_usd) ?? '–'}
              </td>
              <td className={styles.number}>{timeOf(one, now)}</td>
              <td>
                {isOpen && one.files_changed > 0 && !isActive(one.status) && (
                  <Button size="small" icon={<Trophy />} onClick={() => setPicking(one)}>
                    {texts.alternatives.pick}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {picking && (
        <ConfirmDialog
          title={texts.alternatives.pickAlternative(picking.alternative)}
          confirm={texts.alternatives.pickIt}
          isBusy={pick.isPending}
          onConfirm={() => pick.mutate(picking.id)}
          onClose={() => setPicking(null)}
        >
          {texts.alternatives.otherAlternativesStopped}
        </ConfirmDialog>
      )}
    </section>
  )
}

function timeOf({ started_at, completed_at, status }: ExecutionSummary, now: number): string {
  if (!started_at) return '–'
  const end = isActive(status) || !completed_at ? now : completed_at.getTime()
  return formatDuration(end - started_at.getTime())
}

/** What the last run of each command said. */
function checksOf(all: readonly { kind: string; status: string }[] | undefined): string {
  if (!all) return '…'
  const last = new Map(
    all.filter(({ kind }) => kind === 'lint' || kind === 'test').map((one) => [one.kind, one]),
  )
  if (last.size === 0) return 'none'
  const failed = [...last.values()].filter(({ status }) => status !== 'passed')
  return failed.length === 0 ? 'passed' : texts.alternatives.failed(failed.map(({ kind }) => kind).join(', '))
}
