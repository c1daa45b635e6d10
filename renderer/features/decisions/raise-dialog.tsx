import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BudgetScope, ExecutionLimit } from '#shared/budget.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import { formatExactCost } from '../../lib/format.ts'
import { parseAmount } from '../../lib/parse-amount.ts'
import { navigate } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useLimits } from '../../lib/use-limits.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

interface RaiseDialogProps {
  execution: ExecutionSummary
  onClose: () => void
}

/** Asks for more of the limits that stop a run: its own, that of its board's month, that of all boards. */
export function RaiseDialog({ execution, onClose }: RaiseDialogProps) {
  const query = useLimits(execution)
  if (query.data) {
    const usedUp = query.data.filter((one) => one.is_used_up)
    return usedUp.length > 0 ? (
      <LimitsDialog execution={execution} limits={usedUp} onClose={onClose} />
    ) : (
      <NoLimitDialog execution={execution} onClose={onClose} />
    )
  }
  return (
    <Dialog title={texts.decisions.raiseLimits} onClose={onClose}>
      {query.error ? (
        <ErrorState
          title={texts.decisions.limitsCouldNotRead}
          error={query.error}
          onRetry={() => query.refetch()}
        />
      ) : (
        <Skeleton height="72px" />
      )}
    </Dialog>
  )
}

function LimitsDialog({
  execution,
  limits,
  onClose,
}: RaiseDialogProps & { limits: readonly ExecutionLimit[] }) {
  const cache = useQueryClient()
  const [written, setWritten] = useState<Partial<Record<BudgetScope, string>>>({})
  const fields = limits.map((limit) => {
    const text = written[limit.scope] ?? proposed(limit)
    const amount = parseAmount(text)
    return { limit, text, amount, isEnough: amount > limit.spent_usd && amount <= 1_000_000 }
  })
  const isEnough = fields.every((field) => field.isEnough)
  const set = useAction(
    async () => {
      for (const { limit, amount } of fields) await raise(execution, limit.scope, amount)
      await cache.invalidateQueries({ queryKey: ['budgets'] })
    },
    { failed: texts.decisions.limitNotRaised, onSuccess: onClose },
  )
  const [only] = limits.length === 1 ? limits : []
  return (
    <Dialog
      title={only ? texts.decisions.raiseLimitOf[only.scope] : texts.decisions.raiseLimits}
      description={only ? explained(only) : texts.decisions.severalLimits}
      onClose={onClose}
      onSubmit={() => isEnough && set.mutate()}
      footer={
        <>
          <Button variant="ghost" onClick={() => navigate({ page: 'usage' })}>
            {texts.decisions.usageAndBudgets}
          </Button>
          <Button type="submit" variant="primary" disabled={!isEnough} isBusy={set.isPending}>
            {texts.decisions.raiseAndGo}
          </Button>
        </>
      }
    >
      {fields.map(({ limit, text, ...field }, index) => (
        <Field
          key={limit.scope}
          label={only ? texts.decisions.limitInDollars : texts.decisions.limitOf[limit.scope]}
          error={
            field.isEnough || text === ''
              ? null
              : texts.decisions.moreThanAtMost(formatExactCost(limit.spent_usd))
          }
        >
          {(attributes) => (
            <TextInput
              {...attributes}
              inputMode="decimal"
              autoFocus={index === 0}
              value={text}
              onChange={(event) => setWritten({ ...written, [limit.scope]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </Dialog>
  )
}

/** Somebody has raised it meanwhile, or a month has begun. */
function NoLimitDialog({ execution, onClose }: RaiseDialogProps) {
  const resume = useAction(() => api.executions.resume.mutate({ id: execution.id }), {
    failed: texts.decisions.runDidNotGoOn,
    onSuccess: onClose,
  })
  return (
    <Dialog
      title={texts.decisions.raiseLimits}
      description={texts.decisions.noLimitStops}
      onClose={onClose}
      onSubmit={() => resume.mutate()}
      footer={
        <Button type="submit" variant="primary" isBusy={resume.isPending}>
          {texts.decisions.goOnWithRun}
        </Button>
      }
    >
      {null}
    </Dialog>
  )
}

async function raise(
  { id, board_id }: ExecutionSummary,
  scope: BudgetScope,
  limit_usd: number,
): Promise<void> {
  if (scope === 'execution') await api.executions.setBudget.mutate({ id, limit_usd })
  else
    await api.budgets.set.mutate({ board_id: scope === 'all' ? null : board_id, period: 'month', limit_usd })
}

function explained({ scope, spent_usd, limit_usd }: ExecutionLimit): string {
  const [spent, limit] = [formatExactCost(spent_usd), formatExactCost(limit_usd)]
  if (scope === 'execution') return texts.decisions.costSoFar(spent)
  return scope === 'board' ? texts.decisions.boardSpent(spent, limit) : texts.decisions.allSpent(spent, limit)
}

/** Twice what it was, or twice what is spent. */
function proposed({ limit_usd, spent_usd }: ExecutionLimit): string {
  return String(Math.max(0.1, Math.ceil(Math.max(limit_usd, spent_usd) * 20) / 10))
}
