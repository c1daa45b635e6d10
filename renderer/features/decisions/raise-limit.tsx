import { CircleDollarSign } from 'lucide-react'
import { useState } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useIsUsedUp } from '../../lib/use-limits.ts'
import { Button } from '../../ui/button.tsx'
import { RaiseDialog } from './raise-dialog.tsx'

/** The way on for a run that a budget stopped. */
export function RaiseLimit({ execution }: { execution: ExecutionSummary }) {
  const [isOpen, setOpen] = useState(false)
  const isUsedUp = useIsUsedUp(execution)
  if (!isUsedUp && !isOpen) return null
  return (
    <>
      <Button size="small" variant="primary" icon={<CircleDollarSign />} onClick={() => setOpen(true)}>
        {texts.decisions.raiseLimit}
      </Button>
      {isOpen && <RaiseDialog execution={execution} onClose={() => setOpen(false)} />}
    </>
  )
}
