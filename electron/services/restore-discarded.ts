import { findExecution, presentExecution } from '#db/queries/executions.ts'
import { findTask, setCurrentExecution } from '#db/queries/tasks.ts'
import { updateWorkspace } from '#db/queries/workspaces.ts'
import { RefusedError } from '#shared/errors.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { decide } from '../orchestrator/decide.ts'
import { moveCard } from '../orchestrator/move-card.ts'
import { loadState, record } from '../orchestrator/record.ts'
import type { Recording } from '../orchestrator/recording.ts'
import { gitLine } from '../platform/git.ts'
import { resolveCommit } from '../platform/git-repository.ts'
import { createWorkspace } from '../workspaces/create-workspace.ts'
import { findResult, type Result } from './find-result.ts'
import { inResultQueue } from './result-queue.ts'
import type { ResultContext } from './results.ts'

type RestoreContext = ResultContext & Pick<AppContext, 'config'>

/**
 * Takes the discarding of a result back: its work is on its branch and in a workspace again, and the card waits in review with it,
 * unless others work on the card or have been merged. Refused where what was kept is not to be had (KEPT_WORK_GONE).
 */
export function restoreDiscarded(
  ctx: RestoreContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<ExecutionSummary> {
  return inResultQueue(id, async () => {
    const result = await findResult(ctx, id)
    decide((await loadState(ctx.db, id)).state, { type: 'restore' })
    const head = await keptHead(result, signal)
    const { base_branch: baseBranch, base_commit: baseCommit, branch } = result.workspace
    const made = await createWorkspace({
      project: result.project,
      root: ctx.config.workspaceRoot,
      executionId: id,
      branch,
      earlier: { baseBranch, baseCommit, finished: head, head },
      signal: new AbortController().signal, // half a workspace would be one that nobody knows
    })
    const place = { path: made.path, branch: made.branch }
    const { row } = await record(ctx, id, { type: 'restore' }, async (recording) => {
      recording.set({ head_commit: head, branch: place.branch })
      await updateWorkspace(recording.work.tx, id, { status: 'active', ...place, kept_ref: null })
      if (await standsForCard(recording)) await moveCard(recording)
    })
    return presentExecution(row)
  })
}

/** The last commit of the work; where there was more than that in the workspace, the one that holds it too. */
async function keptHead({ execution, project, workspace }: Result, signal: AbortSignal): Promise<string> {
  const { path, name, is_repository } = project
  if (!is_repository) {
    throw new RefusedError(
      'KEPT_WORK_GONE',
      `“${name}” is no git repository, so discarded work has no branch to come back to. Look at its changes on the card.`,
    )
  }
  const ref = workspace.kept_ref ?? `refs/rangers/discarded/${execution.id}`
  const kept = await resolveCommit(path, ref, signal)
  if (!kept) {
    throw new RefusedError(
      'KEPT_WORK_GONE',
      `${path} does not have ${ref}, under which this work was kept. Bring it back on the computer that discarded it.`,
    )
  }
  const { head_commit: head } = execution
  if (!head || !(await resolveCommit(path, head, signal))) return kept
  const [tree, before] = await Promise.all(
    [kept, head].map((commit) => gitLine(['rev-parse', `${commit}^{tree}`], { cwd: path, signal })),
  )
  return tree === before ? head : kept
}

/** Makes it the one that its card shows. What agents do now, and what is merged, goes before. */
async function standsForCard({ work, row }: Recording): Promise<boolean> {
  const task = await findTask(work.tx, row.task_id)
  if (!task) return false
  const { current_execution_id: shown } = task
  if (shown === row.id) return true
  const other = shown && (await findExecution(work.tx, shown))
  if (other && (isActive(other.status) || other.resolution === 'merged')) return false
  const changed = await setCurrentExecution(work.tx, task.id, row.id)
  if (changed) work.tell({ type: 'task_updated', data: changed })
  return true
}
