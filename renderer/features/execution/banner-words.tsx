import { Ban, CircleAlert, CircleCheck, GitMerge, Hourglass, Pause, Trash2, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ExecutionSummary, Step } from '#shared/execution.ts'
import { executionActions, executionView, PHASE_NAME } from '../../lib/execution-state.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { completedText } from './completed-text.ts'

interface BannerWords {
  title: string
  text: string
  icon: ReactNode
}

/** How an execution stands, in words; the steps are null while they are read. */
export function bannerWords(execution: ExecutionSummary, steps: readonly Step[] | null): BannerWords {
  const { label } = executionView(execution)
  const { error_message: said, resolution, base_branch: base } = execution
  if (resolution === 'merged') {
    return { title: texts.execution.merged, text: texts.execution.changesInProject(base), icon: <GitMerge /> }
  }
  if (resolution === 'discarded') {
    return {
      title: texts.execution.discarded,
      text: texts.execution.workKept(executionActions(execution).restore),
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
