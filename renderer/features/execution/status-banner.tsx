import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleStop,
  GitMerge,
  Hourglass,
  Pause,
  Play,
  RotateCw,
  Settings,
  Trash2,
  Unplug,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { executionActions, executionView, PHASE_NAME } from '../../lib/execution-state.ts'
import { plural } from '../../lib/format.ts'
import { navigate } from '../../lib/route.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { showToast } from '../../ui/toast.tsx'

interface StatusBannerProps {
  execution: ExecutionSummary
  /** Merge and Discard, from the feature that knows the result. */
  resultActions: ReactNode
}

/** How an execution stands, in a sentence, and what can be done about it. */
export function StatusBanner({ execution, resultActions }: StatusBannerProps) {
  const view = executionView(execution)
  const can = executionActions(execution)
  const { title, text, icon } = bannerOf(execution)
  const cancel = useAction(() => api.executions.cancel.mutate({ id: execution.id }), {
    failed: 'The agents were not stopped',
  })
  const resume = useAction(() => api.executions.resume.mutate({ id: execution.id }), {
    failed: 'The agents did not go on',
  })
  const isStopping = cancel.isPending
  const needsSettings =
    execution.status === 'failed' &&
    (execution.failure_kind === 'auth' || execution.failure_kind === 'not_installed')
  const actions = (can.cancel || can.resume || can.resolve) && (
    <>
      {needsSettings && (
        <Button size="small" icon={<Settings />} onClick={() => navigate({ page: 'settings' })}>
          Open settings
        </Button>
      )}
      {can.cancel && (
        <Button size="small" icon={<CircleStop />} isBusy={isStopping} onClick={() => cancel.mutate()}>
          {isStopping ? 'Stopping…' : 'Cancel'}
        </Button>
      )}
      {can.resume && (
        <Button size="small" icon={<RotateCw />} isBusy={resume.isPending} onClick={() => resume.mutate()}>
          {execution.status === 'blocked' ? 'Resume for another round' : 'Resume'}
        </Button>
      )}
      {can.resolve && resultActions}
    </>
  )
  return (
    <div role="status" aria-label="State of the agents">
      <Callout tone={view.tone} icon={icon} title={title} actions={actions}>
        {text}
      </Callout>
    </div>
  )
}

interface Description {
  title: string
  text: string
  icon: ReactNode
}

function bannerOf(execution: ExecutionSummary): Description {
  const { label } = executionView(execution)
  const { error_message: said, resolution, base_branch: base } = execution
  if (resolution === 'merged') {
    return { title: 'Merged', text: `The changes are in ${base ?? 'the project'}.`, icon: <GitMerge /> }
  }
  if (resolution === 'discarded') {
    return {
      title: 'Discarded',
      text: 'The work is kept under a hidden ref and can be recovered.',
      icon: <Trash2 />,
    }
  }
  switch (execution.status) {
    case 'pending':
      return { title: label, text: said ?? 'Waits for its turn.', icon: <Hourglass /> }
    case 'running':
      return { title: label, text: progressText(execution), icon: <Spinner size={16} /> }
    case 'completed':
      return { title: label, text: completedText(execution), icon: <CircleCheck /> }
    case 'failed':
      return { title: label, text: said ?? 'An agent failed.', icon: <CircleAlert /> }
    case 'cancelled':
      return { title: label, text: said ?? 'The work so far is kept on its branch.', icon: <Ban /> }
    case 'blocked':
      return { title: label, text: said ?? 'The rounds are used up.', icon: <CircleAlert /> }
    case 'interrupted':
      return {
        title: label,
        text: said ?? 'The app ended while agents were working. Resume goes on after the last finished step.',
        icon: <Unplug />,
      }
    default:
      return { title: label, text: said ?? '', icon: <Pause /> }
  }
}

function progressText({ current_phase: phase, iteration, max_iterations: rounds }: ExecutionSummary): string {
  if (!phase) return 'The workspace is being made.'
  return `${PHASE_NAME[phase]} at work, round ${iteration} of ${rounds}.`
}

function completedText(execution: ExecutionSummary): string {
  if (execution.workflow_type === 'architecture_only') return 'The architect has written the plan below.'
  const rounds = `Approved after ${plural(execution.iteration, 'round')}.`
  if (execution.files_changed === 0) return `${rounds} No files were changed.`
  return `${rounds} Read the changes, then merge or discard them.`
}

/** Starts the agents on a card, again where they have worked before. */
export function RunButton({ taskId, isAgain }: { taskId: ExecutionSummary['task_id']; isAgain: boolean }) {
  const start = useAction(
    async (isForced: boolean) => {
      try {
        await api.executions.start.mutate({ task_id: taskId, ...(isForced && { force: true }) })
      } catch (error) {
        if (errorFacts(error).reason !== 'TASK_BLOCKED') throw error
        const action = { label: 'Run anyway', run: () => start.mutate(true) }
        showToast({ tone: 'bad', title: 'The agents were not started', text: errorText(error), action })
      }
    },
    { failed: 'The agents were not started' },
  )
  return (
    <Button
      size="small"
      variant={isAgain ? 'secondary' : 'primary'}
      icon={<Play />}
      isBusy={start.isPending}
      onClick={() => start.mutate(false)}
    >
      {isAgain ? 'Run again' : 'Run'}
    </Button>
  )
}
