import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleStop,
  Copy,
  GitMerge,
  Hourglass,
  Pause,
  Play,
  Settings,
  Trash2,
  Unplug,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { ExecutionSummary, Step } from '#shared/execution.ts'
import { copyText } from '../../lib/copy-text.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { executionActions, executionView, PHASE_NAME } from '../../lib/execution-state.ts'
import { navigate } from '../../lib/route.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { useQueued } from '../../lib/use-queue.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { showToast } from '../../ui/toast.tsx'
import { completedText } from './completed-text.ts'
import { ResumeButtons } from './resume-buttons.tsx'
import { useResume } from './use-resume.ts'

interface StatusBannerProps {
  execution: ExecutionSummary
  /** Null while they are read. */
  steps: readonly Step[] | null
  /** Merge and Discard, from the feature that knows the result. */
  resultActions: ReactNode
}

/** How an execution stands, in a sentence, and what can be done about it. */
export function StatusBanner({ execution, steps, resultActions }: StatusBannerProps) {
  const view = executionView(execution)
  const can = executionActions(execution)
  const { title, text: plain, icon } = bannerOf(execution, steps)
  const queued = useQueued(execution)
  const text = queued ? `${texts.agents.place(queued.place)}. ${queued.reason}` : plain
  const cancel = useAction(() => api.executions.cancel.mutate({ id: execution.id }), {
    failed: texts.execution.agentsNotStopped,
  })
  const going = useResume(execution.id, can.resume)
  const isStopping = cancel.isPending
  const rescue = rescueCommand(execution)
  const actions = (can.cancel || can.resume || can.resolve || can.revert || rescue) && (
    <>
      {rescue && (
        <Button
          size="small"
          icon={<Copy />}
          title={rescue}
          onClick={() => copyText(rescue, texts.execution.rescueCopied)}
        >
          {texts.execution.copyRescue}
        </Button>
      )}
      {needsSettings(execution) && (
        <Button
          size="small"
          variant="primary"
          icon={<Settings />}
          onClick={() => navigate({ page: 'settings' })}
        >
          {texts.execution.openSettings}
        </Button>
      )}
      {can.cancel && (
        <Button size="small" icon={<CircleStop />} isBusy={isStopping} onClick={() => cancel.mutate()}>
          {isStopping ? texts.execution.stopping : texts.execution.cancel}
        </Button>
      )}
      {can.resume && <ResumeButtons going={going} isAnotherRound={isAtItsRounds(execution)} />}
      {(can.resolve || can.revert) && resultActions}
    </>
  )
  return (
    <div role="status" aria-label={texts.execution.stateAgents}>
      <Callout tone={view.tone} icon={icon} title={title} actions={actions}>
        {going.elsewhere ?? text}
      </Callout>
    </div>
  )
}

/** It ended without approval, so that going on means another round; a budget stops a run wherever it is. */
function isAtItsRounds({ status, failure_kind }: ExecutionSummary): boolean {
  return status === 'blocked' && failure_kind !== 'budget'
}

function needsSettings({ status, failure_kind }: ExecutionSummary): boolean {
  return status === 'failed' && (failure_kind === 'auth' || failure_kind === 'not_installed')
}

/** What brings discarded work back as a branch, in a terminal in the project; null where it is in no repository. */
function rescueCommand({ id, resolution, branch, base_branch }: ExecutionSummary): string | null {
  if (resolution !== 'discarded' || branch === null || base_branch === null) return null
  // A further run of the card may have the old name.
  return `git branch ${branch.replace(/^rangers\//, 'rescued/')} refs/rangers/discarded/${id}`
}

interface Description {
  title: string
  text: string
  icon: ReactNode
}

function bannerOf(execution: ExecutionSummary, steps: readonly Step[] | null): Description {
  const { label } = executionView(execution)
  const { error_message: said, resolution, base_branch: base } = execution
  if (resolution === 'merged') {
    return { title: texts.execution.merged, text: texts.execution.changesInProject(base), icon: <GitMerge /> }
  }
  if (resolution === 'discarded') {
    return {
      title: texts.execution.discarded,
      text: texts.execution.workKeptUnderHidden,
      icon: <Trash2 />,
    }
  }
  switch (execution.status) {
    case 'pending':
      return { title: label, text: said ?? texts.execution.waitsForTurn, icon: <Hourglass /> }
    case 'running':
      return { title: label, text: progressText(execution), icon: <Spinner size={16} /> }
    case 'completed':
      return { title: label, text: completedText(execution, steps), icon: <CircleCheck /> }
    case 'failed':
      return { title: label, text: said ?? texts.execution.agentFailed, icon: <CircleAlert /> }
    case 'cancelled':
      return { title: label, text: said ?? texts.execution.workSoFarKept, icon: <Ban /> }
    case 'blocked':
      return { title: label, text: said ?? texts.execution.roundsUsedUp, icon: <CircleAlert /> }
    case 'interrupted':
      return {
        title: label,
        text: said ?? texts.execution.appEndedWhileAgents,
        icon: <Unplug />,
      }
    default:
      return { title: label, text: said ?? '', icon: <Pause /> }
  }
}

function progressText({ current_phase: phase, iteration, max_iterations: rounds }: ExecutionSummary): string {
  if (!phase) return texts.execution.workspaceBeingMade
  return texts.execution.atWorkRound(PHASE_NAME[phase], iteration, rounds)
}

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
