import { findTask } from '#db/queries/tasks.ts'
import { updateWorkspace } from '#db/queries/workspaces.ts'
import type { RevertPreview, RevertResult } from '#shared/diff.ts'
import { AppError, RefusedError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { decide } from '../orchestrator/decide.ts'
import { tellConcerned } from '../orchestrator/execution-notices.ts'
import { moveCard } from '../orchestrator/move-card.ts'
import { loadState, record } from '../orchestrator/record.ts'
import type { Recording } from '../orchestrator/recording.ts'
import { forgetBegun } from '../workspaces/begun-merge.ts'
import { previewFolderRevert } from '../workspaces/revert-folder.ts'
import { previewRevert } from '../workspaces/revert-merge.ts'
import { findReadable, findResult, type Result } from './find-result.ts'
import { tellInterrupted } from './interrupted-merge.ts'
import { inResultQueue } from './result-queue.ts'
import { hasCode, MISSING, type ResultContext } from './results.ts'
import { folderRevert, type Reverted, repositoryRevert, revertResult } from './reverted-work.ts'

/** Whether the merge of a result can be taken back now; no branch and no file is changed. */
export async function previewRevertMerge(
  ctx: Pick<AppContext, 'db' | 'places'>,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<RevertPreview> {
  try {
    const result = await findMerged(ctx, id, signal)
    decide((await loadState(ctx.db, id)).state, { type: 'revert_merge' })
    return await (result.project.is_repository
      ? previewRevert(repositoryRevert(result, signal))
      : previewFolderRevert(folderRevert(result, signal)))
  } catch (error) {
    const reasons = [...MISSING, 'NOT_MERGED']
    if (error instanceof RefusedError && reasons.some((code) => hasCode(error, code)))
      return { state: 'unavailable', reason: error.message }
    throw error
  }
}

/**
 * Takes a merged result back: out of its base branch by a new commit, or out of a plain folder by putting its files back. The
 * work is on its branch again: the card waits in review, to be mended or merged once more. Cards that it blocked and whose
 * agents have begun go on. Refused with the reason when later changes meet it or local ones are in the way; nothing has
 * changed then.
 */
export function revertMerge(ctx: ResultContext, id: ExecutionId, signal: AbortSignal): Promise<RevertResult> {
  return inResultQueue(id, async () => {
    const result = await findMerged(ctx, id, signal)
    decide((await loadState(ctx.db, id)).state, { type: 'revert_merge' })
    const task = await findTask(ctx.db, result.execution.task_id)
    const title = task ? `${result.boardKey}-${task.number}: ${task.title}` : result.workspace.branch
    const reverted = await revertResult(ctx, result, title, signal).catch(async (error: unknown) => {
      await tellInterrupted(ctx, id)
      throw error
    })
    await record(ctx, id, { type: 'revert_merge' }, async (recording) => {
      recording.set({
        base_commit: reverted.baseCommit,
        head_commit: reverted.head,
        ...(reverted.place && { branch: reverted.place.branch }),
      })
      await updateWorkspace(recording.work.tx, id, {
        base_commit: reverted.baseCommit,
        ...(reverted.place
          ? { status: 'active', ...reverted.place, kept_ref: null }
          : { status: 'removed', kept_ref: reverted.keptRef }),
      })
      if (!reverted.place) await sayWhereItIs(recording, result, reverted)
      await moveCard(recording)
    })
    await forgetBegun(result.workspace.path)
    return {
      commit: reverted.commit,
      base_branch: reverted.baseBranch,
      branch: reverted.place?.branch ?? null,
      kept_ref: reverted.keptRef,
    }
  })
}

/** A plain folder needs no commits to be looked at: what was kept of the work beside it has them. */
async function findMerged(
  ctx: Pick<AppContext, 'db' | 'places'>,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<Result> {
  const result = await findResult(ctx, id)
  return result.project.is_repository ? findReadable(ctx, id, signal) : result
}

/** A toast is gone in a moment; work without a checkout has to be found again. */
async function sayWhereItIs(
  { work, row, log }: Recording,
  { project }: Result,
  { keptRef, reason }: Reverted,
): Promise<void> {
  const why = reason instanceof AppError ? ` ${reason.message}` : ''
  const text =
    `The merge is reverted, but the work could not be checked out again.${why} It is kept in ${project.path} as ${keptRef}. ` +
    'Nothing of it is lost: request changes or merge again, and it goes on from there.'
  log({ type: 'notice', level: 'warn', text })
  await tellConcerned(work, row, {
    kind: 'needs_input',
    sentence: (card) => `The work of ${card} has no checkout`,
    body: text,
    occasion: `reverted:${row.id}:${keptRef}`,
  })
}
