import { findTask } from '#db/queries/tasks.ts'
import { updateWorkspace } from '#db/queries/workspaces.ts'
import type { RevertPreview, RevertResult } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { decide } from '../orchestrator/decide.ts'
import { moveCard } from '../orchestrator/move-card.ts'
import { loadState, record } from '../orchestrator/record.ts'
import { createWorkspace, type Workspace } from '../workspaces/create-workspace.ts'
import {
  previewRevert,
  type RevertedMerge,
  type RevertRequest,
  revertMerge as revertInRepository,
} from '../workspaces/revert-merge.ts'
import { headCommit } from '../workspaces/workspace-git.ts'
import { findReadable, type Result } from './find-result.ts'
import { inResultQueue } from './result-queue.ts'
import { hasCode, MISSING, type ResultContext } from './results.ts'

type RevertContext = ResultContext & Pick<AppContext, 'config'>

/** Whether the merge of a result can be taken back now; no branch and no file is changed. */
export async function previewRevertMerge(
  ctx: Pick<AppContext, 'db' | 'places'>,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<RevertPreview> {
  try {
    const result = await findReadable(ctx, id, signal)
    decide((await loadState(ctx.db, id)).state, { type: 'revert_merge' })
    return await previewRevert(revertRequest(result, signal))
  } catch (error) {
    const reasons = [...MISSING, 'NOT_MERGED', 'NO_REPOSITORY']
    if (error instanceof RefusedError && reasons.some((code) => hasCode(error, code)))
      return { state: 'unavailable', reason: error.message }
    throw error
  }
}

/**
 * Takes a merged result out of its base branch by a new commit, and puts the work on its branch again: the card waits in
 * review, to be mended or merged once more. Cards that it blocked and whose agents have begun go on. Refused with the
 * reason when later commits changed the same lines or local changes are in the way; nothing has changed then.
 */
export function revertMerge(ctx: RevertContext, id: ExecutionId, signal: AbortSignal): Promise<RevertResult> {
  return inResultQueue(id, async () => {
    const result = await findReadable(ctx, id, signal)
    decide((await loadState(ctx.db, id)).state, { type: 'revert_merge' })
    const task = await findTask(ctx.db, result.execution.task_id)
    const title = task ? `${result.boardKey}-${task.number}: ${task.title}` : result.workspace.branch
    const reverted = await revertInRepository({ ...revertRequest(result, signal), title })
    const workspace = await bringBack(ctx, result, reverted)
    await record(ctx, id, { type: 'revert_merge' }, async (recording) => {
      const base_commit = workspace?.baseCommit ?? reverted.commit
      recording.set({
        base_commit,
        head_commit: workspace?.head ?? reverted.work,
        ...(workspace && { branch: workspace.branch }),
      })
      await updateWorkspace(recording.work.tx, id, {
        base_commit,
        ...(workspace && {
          status: 'active',
          path: workspace.path,
          branch: workspace.branch,
          kept_ref: null,
        }),
      })
      await moveCard(recording)
    })
    return {
      commit: reverted.commit,
      base_branch: reverted.baseBranch,
      branch: workspace?.branch ?? null,
      kept_ref: reverted.keptRef,
    }
  })
}

function revertRequest({ execution, project, workspace }: Result, signal: AbortSignal): RevertRequest {
  if (!project.is_repository) {
    throw new RefusedError(
      'NO_REPOSITORY',
      `${project.path} is no git repository, so there is no commit to revert. The Changes tab shows what was written into it.`,
    )
  }
  return {
    repoPath: project.path,
    executionId: execution.id,
    baseBranch: workspace.base_branch,
    baseCommit: workspace.base_commit,
    head: execution.head_commit ?? workspace.base_commit,
    signal,
  }
}

/** The merge is out of the branch by now: what fails here is told, and not a reason to say that it is not. */
async function bringBack(
  ctx: RevertContext,
  { execution, project, workspace }: Result,
  { commit, work, baseBranch }: RevertedMerge,
): Promise<(Workspace & { head: string }) | null> {
  const { signal } = new AbortController()
  try {
    const made = await createWorkspace({
      project,
      root: ctx.config.workspaceRoot,
      executionId: execution.id,
      branch: workspace.branch,
      earlier: { baseBranch, baseCommit: commit, finished: work, head: work },
      signal,
    })
    // An app that ended before it wrote the revert down has left one, with the same work.
    return { ...made, head: await headCommit(made.path, signal) }
  } catch (error) {
    ctx.log.warn({ err: error, execution_id: execution.id }, 'the reverted work has no checkout')
    return null
  }
}
