import { Play } from 'lucide-react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'

/** Starts the agents on a card, again where they have worked before. */
export function RunButton({ taskId, isAgain }: { taskId: ExecutionSummary['task_id']; isAgain: boolean }) {
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
    <Button
      size="small"
      variant={isAgain ? 'secondary' : 'primary'}
      icon={<Play />}
      isBusy={start.isPending}
      onClick={() => start.mutate(false)}
    >
      {isAgain ? texts.execution.runAgain : texts.execution.run}
    </Button>
  )
}
