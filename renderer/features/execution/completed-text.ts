import type { ExecutionSummary, Step } from '#shared/execution.ts'
import { texts } from '../../lib/texts/texts.ts'

/**
 * What became of a run that is completed, and what to do now. Nobody is said to have approved what nobody has; while
 * its steps are read (null) it is not told who did.
 */
export function completedText(execution: ExecutionSummary, steps: readonly Step[] | null): string {
  if (execution.workflow_type === 'architecture_only') return texts.execution.architectWrittenPlanBelow
  const next = execution.files_changed === 0 ? texts.execution.noFilesChanged : texts.execution.readChanges
  const end = steps && (approvalText(execution.iteration, steps) ?? execution.result_summary)
  return end ? `${end} ${next}` : next
}

/** Who approved the present result; null: nobody did. */
function approvalText(iteration: number, steps: readonly Step[]): string | null {
  const last = steps
    .toSorted((a, b) => a.sequence - b.sequence)
    .findLast(({ phase }) => phase === 'review' || phase === 'development' || phase === 'fix')
  if (last?.verdict?.status !== 'APPROVED' || last.phase !== 'review') return null
  const isPerson = last.provider === null
  return isPerson
    ? texts.execution.approvedByPerson(iteration)
    : texts.execution.approvedAfterRound(iteration)
}
