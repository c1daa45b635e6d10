import { CircleDollarSign } from 'lucide-react'
import { useState } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { RaiseDialog } from './raise-dialog.tsx'

/** The way on for a run that a budget stopped. */
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
