import { Play } from 'lucide-react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useIsMonthUsedUp } from '../../lib/use-limits.ts'
import { ReasonedButton } from '../../ui/reasoned-button.tsx'
import { showToast } from '../../ui/toast.tsx'

/** Starts the agents on a card where they have worked before. */
export function RunAgainButton({ execution }: { execution: ExecutionSummary }) {
  const reason = useIsMonthUsedUp(execution) ? texts.execution.newRunWouldStop : null
  return <RunButton taskId={execution.task_id} isAgain reason={reason} />
}

interface RunButtonProps {
  taskId: ExecutionSummary['task_id']
  isAgain?: boolean
  /** Why no agent can be started. */
  reason?: string | null
}

/** Starts the agents on a card. */
export function RunButton({ taskId, isAgain = false, reason = null }: RunButtonProps) {
  const start = useAction(
    async (isForced: boolean) => {
      try {
        await api.executions.start.mutate({ task_id: taskId, ...(isForced && { force: true }) })
      } catch (error) {
        if (errorFacts(error).reason !== 'TASK_BLOCKED') throw error
        const action = { label: texts.execution.runAnyway, run: () => start.mutate(true) }
        showToast({ tone: 'bad', title: texts.execution.agentsNotStarted, text: errorText(error), action })
      }
    },
    { failed: texts.execution.agentsNotStarted },
  )
  return (
    <ReasonedButton
      reason={reason}
      size="small"
      variant={isAgain ? 'secondary' : 'primary'}
      icon={<Play />}
      isBusy={start.isPending}
      onClick={() => start.mutate(false)}
    >
      {isAgain ? texts.execution.runAgain : texts.execution.run}
    </ReasonedButton>
  )
}
