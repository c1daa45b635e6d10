import { stat } from 'node:fs/promises'
import path from 'node:path'
import { presentExecution } from '#db/queries/executions.ts'
import { findTask } from '#db/queries/tasks.ts'
import { findWorkspace, updateWorkspace, type WorkspaceRow } from '#db/queries/workspaces.ts'
import type { DiffSummary, FilePatch, MergePreview, MergeResult } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { decide } from '../orchestrator/decide.ts'
import { moveCard } from '../orchestrator/move-card.ts'
import { loadState, record } from '../orchestrator/record.ts'
import { forgetBegun } from '../workspaces/begun-merge.ts'
import { commitWorkspace } from '../workspaces/commit-workspace.ts'
import { changedFilePatch, diffSummary } from '../workspaces/diff.ts'
import { type MergeRequest, mergeWorkspace, previewMerge as previewWorkspace } from '../workspaces/merge.ts'
import { closeMergedWorkspace, discardWorkspace, type KeptWork } from '../workspaces/remove-workspace.ts'
import { headCommit } from '../workspaces/workspace-git.ts'
import { releaseWaiting, type StartContext } from './blockers.ts'
import type { BoardContext } from './change-board.ts'
import { findReadable, findResult, type Result } from './find-result.ts'
import { giveUpLost, tellInterrupted } from './interrupted-merge.ts'
import { inResultQueue } from './result-queue.ts'

type ReadContext = Pick<AppContext, 'db' | 'places'>
export type ResultContext = BoardContext & Pick<AppContext, 'log' | 'config' | 'places' | 'projectRuns'>

/** All changes against the base; while agents work, with what is not committed yet. */
export async function getDiff(ctx: ReadContext, id: ExecutionId, signal: AbortSignal): Promise<DiffSummary> {
  const { source, workspace } = await findReadable(ctx, id, signal)
  return diffSummary({ source, baseCommit: workspace.base_commit, signal })
}

/** One file's patch; for a renamed file against its former path. */
export async function getPatch(
  ctx: ReadContext,
  id: ExecutionId,
  file: string,
  signal: AbortSignal,
): Promise<FilePatch> {
  const { source, workspace } = await findReadable(ctx, id, signal)
  return changedFilePatch({ source, baseCommit: workspace.base_commit, path: file, signal })
}

/** The result is not on this computer, or its project is not where it was. */
export const MISSING = ['WORK_ELSEWHERE', 'PROJECT_MISSING', 'FOLDER_MISSING']

/** The work is there, but cannot be committed: a person has to make room first. */
const BRANCH_IN_THE_WAY = 'BRANCH_NAME_TAKEN'

export async function previewMerge(
  ctx: ReadContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<MergePreview> {
  const { resolution } = (await findResult(ctx, id)).execution
  if (resolution !== 'none') {
    return { state: 'unavailable', reason: `This result has already been ${resolution}.` }
  }
  return inResultQueue(id, async () => {
    try {
      const result = await findReadable(ctx, id, signal)
      if (!isActive(result.execution.status)) await commitLeftovers(result, signal)
      return await previewWorkspace(mergeRequest(result, signal))
    } catch (error) {
      if (
        error instanceof RefusedError &&
        [...MISSING, BRANCH_IN_THE_WAY].some((code) => hasCode(error, code))
      )
        return { state: 'unavailable', reason: error.message }
      throw error
    }
  })
}

/**
 * Merges the result into its base branch, then tidies the workspace up. Refused with the reason when it would
 * conflict or when local changes are in the way; nothing has changed then.
 */
export function merge(
  ctx: ResultContext & StartContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<MergeResult> {
  return inResultQueue(id, async () => {
    const result = await findReadable(ctx, id, signal)
    decide((await loadState(ctx.db, id)).state, { type: 'merge' })
    const head = (await commitLeftovers(result, signal)) ?? result.execution.head_commit
    const task = await findTask(ctx.db, result.execution.task_id)
    const title = task ? `${result.boardKey}-${task.number}: ${task.title}` : result.workspace.branch
    const message = `Merge ${title}\n\nAgent-Rangers-Execution: ${id}\n`
    const merged = await mergeWorkspace({ ...mergeRequest(result, signal), message }).catch(
      async (error: unknown) => {
        await tellInterrupted(ctx, id)
        throw error
      },
    )
    await record(ctx, id, { type: 'merge' }, async (recording) => {
      recording.set({ head_commit: head })
      recording.afterwards(() => releaseWaiting(ctx, recording.work))
      await moveCard(recording)
    })
    await forgetBegun(result.workspace.path)
    await tidyUp(ctx, result.workspace, 'merged')
    return merged
  })
}

/**
 * Throws the result away, whether or not its project is still there; it stays recoverable under a hidden ref of the
 * repository, or else its files are kept beside the workspaces. Refused (MERGE_INTERRUPTED) while a part of it is in a plain folder.
 */
export function discard(ctx: ResultContext, id: ExecutionId, signal: AbortSignal): Promise<ExecutionSummary> {
  return inResultQueue(id, async () => {
    decide((await loadState(ctx.db, id)).state, { type: 'discard' })
    const workspace = await findWorkspace(ctx.db, id)
    signal.throwIfAborted()
    const lost = await giveUpLost(ctx, id, signal)
    const kept = workspace && (await tidyUp(ctx, workspace, 'discarded'))
    const { row } = await record(ctx, id, { type: 'discard' }, async (recording) => {
      if (lost) recording.log({ type: 'notice', level: 'warn', text: lost })
      if (kept?.folder) recording.log({ type: 'notice', level: 'warn', text: keptAside(kept.folder) })
      await moveCard(recording)
    })
    return presentExecution(row)
  })
}

/**
 * Commits what lies in the workspace beyond its last commit (the app was killed, a person helped): what the diff
 * shows is what is merged. Gives its last commit then, which may be newer than the recorded one; null where none can be made.
 */
async function commitLeftovers(
  { execution, workspace }: Result,
  signal: AbortSignal,
): Promise<string | null> {
  if (workspace.status !== 'active') return null
  const message = `Unfinished work\n\nAgent-Rangers-Execution: ${execution.id}\n`
  try {
    const { path } = workspace
    return (await commitWorkspace({ path, message, signal }))?.commit ?? (await headCommit(path, signal))
  } catch (error) {
    if (!(error instanceof RefusedError) || hasCode(error, BRANCH_IN_THE_WAY)) throw error
    return null // the folder is gone or broken; the branch is what there is
  }
}

function mergeRequest({ execution, project, workspace }: Result, signal: AbortSignal): MergeRequest {
  return {
    repoPath: project.path,
    branch: workspace.branch,
    head: execution.head_commit,
    baseCommit: workspace.base_commit,
    baseBranch: workspace.base_branch,
    signal,
    ...(project.is_repository ? {} : { copy: { path: workspace.path, baseCommit: workspace.base_commit } }),
  }
}

export function hasCode({ detail }: RefusedError, code: string): boolean {
  return typeof detail === 'object' && detail.error === code
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => null))?.isDirectory() ?? false
}

function keptAside(folder: string): string {
  return `Git did not work in the workspace, or its repository is not there. The files of the work are kept in ${folder}.`
}

/** Once begun it is not given up: half a removal would leave a folder that nobody knows. */
async function tidyUp(
  ctx: ResultContext,
  { execution_id: executionId, path: folder, branch, kept_ref }: WorkspaceRow,
  reason: 'merged' | 'discarded',
): Promise<KeptWork | null> {
  await ctx.projectRuns.stop(executionId) // it runs in the folder that goes
  const root = path.dirname(folder) // the setting may have changed since
  // On the computer where it is, it stays: nobody there has agreed to lose it.
  if (!(await isFolder(root))) return null
  const request = { root, executionId, signal: new AbortController().signal }
  try {
    const kept = await (reason === 'merged' ? closeMergedWorkspace(request) : discardWorkspace(request))
    await updateWorkspace(ctx.db, executionId, { status: 'removed', kept_ref: kept?.ref ?? kept_ref })
    return kept
  } catch (error) {
    if (reason === 'discarded') throw error
    ctx.log.warn({ err: error, execution_id: executionId, branch }, 'the merged workspace stays')
    return null
  }
}
