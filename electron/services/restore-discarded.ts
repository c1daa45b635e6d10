import { type ExecutionRow, findExecution, presentExecution } from '#db/queries/executions.ts'
import { findTask, setCurrentExecution } from '#db/queries/tasks.ts'
import { updateWorkspace } from '#db/queries/workspaces.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { decide } from '../orchestrator/decide.ts'
import { moveCard } from '../orchestrator/move-card.ts'
import { loadState, record } from '../orchestrator/record.ts'
import type { Recording } from '../orchestrator/recording.ts'
import { workAgain } from './discarded-work.ts'
import { findResult } from './find-result.ts'
import { inResultQueue } from './result-queue.ts'
import type { ResultContext } from './results.ts'

/**
 * Takes the discarding of a result back: its work is on its branch and in a workspace again, and the card waits with it as its
 * end says, unless other work stands for the card. Refused where what was kept is not to be had (KEPT_WORK_GONE,
 * PROJECT_MISSING).
 */
export function restoreDiscarded(
  ctx: ResultContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<ExecutionSummary> {
  return inResultQueue(id, async () => {
    const result = await findResult(ctx, id)
    decide((await loadState(ctx.db, id)).state, { type: 'restore' })
    // Who discarded it from another computer has left the workspace of this one alone.
    const made = 'workspace' in result.source ? null : await workAgain(ctx, result, signal)
    const { row } = await record(ctx, id, { type: 'restore' }, async (recording) => {
      if (made) {
        const { head, path, branch, left } = made
        recording.set({ head_commit: head, branch })
        await updateWorkspace(recording.work.tx, id, { status: 'active', path, branch, kept_ref: null })
        if (left) recording.log({ type: 'notice', level: 'warn', text: left })
      }
      if (await standsForCard(recording)) await moveCard(recording)
    })
    return presentExecution(row)
  })
}

/** Makes it the one that its card shows. What agents do now, what waits in review and what is merged go before. */
async function standsForCard({ work, row }: Recording): Promise<boolean> {
  const task = await findTask(work.tx, row.task_id)
  if (!task) return false
  const { current_execution_id: shown } = task
  if (shown === row.id) return true
  const other = shown && (await findExecution(work.tx, shown))
  if (other && (isActive(other.status) || other.resolution === 'merged' || isToReview(other))) return false
  const changed = await setCurrentExecution(work.tx, task.id, row.id)
  if (changed) work.tell({ type: 'task_updated', data: changed })
  return true
}

function isToReview({ status, resolution }: ExecutionRow): boolean {
  return status === 'completed' && resolution === 'none'
}
