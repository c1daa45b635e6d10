import { CircleDollarSign } from 'lucide-react'
import { useState } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { formatCost } from '../../lib/format.ts'
import { navigate } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'

/** The way on for a run that its budget stopped. */
export function RaiseLimit({ execution }: { execution: ExecutionSummary }) {
  const [isOpen, setOpen] = useState(false)
  if (
    execution.status !== 'blocked' ||
    execution.failure_kind !== 'budget' ||
    execution.resolution !== 'none'
  )
    return null
  return (
    <>
      <Button size="small" variant="primary" icon={<CircleDollarSign />} onClick={() => setOpen(true)}>
        {texts.decisions.raiseLimit}
      </Button>
      {isOpen && <RaiseDialog execution={execution} onClose={() => setOpen(false)} />}
    </>
  )
}

function RaiseDialog({ execution, onClose }: { execution: ExecutionSummary; onClose: () => void }) {
  const spent = execution.cost_usd ?? 0
  const [text, setText] = useState(proposed(execution.budget_usd, spent))
  const set = useAction(
    (limit_usd: number) => api.executions.setBudget.mutate({ id: execution.id, limit_usd }),
    { failed: texts.decisions.limitNotRaised, onSuccess: onClose },
  )
  const amount = Number(text.replace(',', '.'))
  const isEnough = amount > spent && amount <= 1_000_000
  return (
    <Dialog
      title={texts.decisions.raiseLimitRun}
      description={texts.decisions.costSoFar(formatCost(spent) ?? '$0')}
      onClose={onClose}
      onSubmit={() => isEnough && set.mutate(amount)}
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
      <Field
        label={texts.decisions.limitInDollars}
        error={isEnough || text === '' ? null : texts.decisions.moreThanAtMost(formatCost(spent) ?? '$0')}
      >
        {(attributes) => (
          <TextInput
            {...attributes}
            inputMode="decimal"
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}

/** Twice what it was, or twice what it has cost. */
function proposed(limit: number | null, spent: number): string {
  return String(Math.max(0.1, Math.ceil((limit ?? spent) * 20) / 10))
}
