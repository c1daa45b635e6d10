import { CircleDollarSign } from 'lucide-react'
import { useState } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { formatCost } from '../../lib/format.ts'
import { navigate } from '../../lib/route.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'

/** The way on for a run that its budget stopped. */
export function RaiseLimit({ execution }: { execution: ExecutionSummary }) {
  const [isOpen, setOpen] = useState(false)
  if (execution.status !== 'blocked' || execution.failure_kind !== 'budget') return null
  return (
    <>
      <Button size="small" variant="primary" icon={<CircleDollarSign />} onClick={() => setOpen(true)}>
        Raise the limit…
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
    { failed: 'The limit was not raised', onSuccess: onClose },
  )
  const amount = Number(text.replace(',', '.'))
  const isEnough = amount > spent && amount <= 1_000_000
  return (
    <Dialog
      title="Raise the limit of this run"
      description={`It has cost ${formatCost(spent) ?? '$0'} so far. With a higher limit it goes on at once. A limit of its board or of a month is raised under Usage.`}
      onClose={onClose}
      onSubmit={() => isEnough && set.mutate(amount)}
      footer={
        <>
          <Button variant="ghost" onClick={() => navigate({ page: 'usage' })}>
            Usage and budgets
          </Button>
          <Button type="submit" variant="primary" disabled={!isEnough} isBusy={set.isPending}>
            Raise and go on
          </Button>
        </>
      }
    >
      <Field
        label="Limit in dollars"
        error={isEnough || text === '' ? null : `More than ${formatCost(spent) ?? '$0'}, at most 1,000,000.`}
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
