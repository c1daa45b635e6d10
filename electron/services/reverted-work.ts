import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { RefusedError } from '#shared/errors.ts'
import type { AppContext } from '../context.ts'
import { createWorkspace, type Workspace } from '../workspaces/create-workspace.ts'
import { type FolderRevert, revertFolder } from '../workspaces/revert-folder.ts'
import { type RevertRequest, revertMerge } from '../workspaces/revert-merge.ts'
import { headCommit } from '../workspaces/workspace-git.ts'
import type { Result } from './find-result.ts'

type WorkContext = Pick<AppContext, 'config' | 'log'>

/** A merge that was taken back, and where its work is now. */
export interface Reverted {
  /** By which the change is out of the base branch; null in a plain folder, which has none. */
  commit: string | null
  baseBranch: string
  /** What the work is compared with from now on, and its last commit. */
  baseCommit: string
  head: string
  /** Names the work, so that git never collects it. */
  keptRef: string
  /** Its checkout; null when it could not be made. */
  place: Pick<Workspace, 'path' | 'branch'> | null
  /** Why it could not be. */
  reason?: unknown
}

/** What a revert in a git repository is asked. */
export function repositoryRevert(
  { execution, project, workspace }: Result,
  signal: AbortSignal,
): RevertRequest {
  return {
    repoPath: project.path,
    executionId: execution.id,
    baseBranch: workspace.base_branch,
    baseCommit: workspace.base_commit,
    head: execution.head_commit ?? workspace.base_commit,
    signal,
  }
}

/** What a revert in a plain folder is asked. */
export function folderRevert({ execution, project, workspace }: Result, signal: AbortSignal): FolderRevert {
  return {
    folder: project.path,
    root: dirname(workspace.path), // the setting may have changed since
    executionId: execution.id,
    branch: workspace.branch,
    baseCommit: workspace.base_commit,
    head: execution.head_commit ?? workspace.base_commit,
    signal,
  }
}

/** Takes the merge back, and makes a checkout of the work as it is then. */
export function revertResult(
  ctx: WorkContext,
  result: Result,
  title: string,
  signal: AbortSignal,
): Promise<Reverted> {
  return result.project.is_repository
    ? revertInRepository(ctx, result, title, signal)
    : revertInFolder(result, title, signal)
}

async function revertInFolder(result: Result, title: string, signal: AbortSignal): Promise<Reverted> {
  const request = folderRevert(result, signal)
  if (!(await stat(request.folder).catch(() => null))?.isDirectory())
    throw new RefusedError('FOLDER_MISSING', `The folder ${request.folder} is not there any more.`)
  const { path, branch, baseCommit, head } = await revertFolder({ ...request, title })
  return {
    commit: null,
    baseBranch: basename(request.folder),
    baseCommit,
    head,
    keptRef: `refs/rangers/${request.executionId}/again`,
    place: { path, branch },
  }
}

async function revertInRepository(
  ctx: WorkContext,
  result: Result,
  title: string,
  signal: AbortSignal,
): Promise<Reverted> {
  const { commit, baseBranch, work, keptRef } = await revertMerge({
    ...repositoryRevert(result, signal),
    title,
  })
  const kept = { commit, baseBranch, baseCommit: commit, head: work, keptRef, place: null }
  try {
    return { ...kept, ...(await checkOut(ctx, result, { baseBranch, commit, work })) }
  } catch (error) {
    // The merge is out of the branch by now: what fails here is told, and not a reason to say that it is not.
    ctx.log.warn({ err: error, execution_id: result.execution.id }, 'the reverted work has no checkout')
    return { ...kept, reason: error }
  }
}

async function checkOut(
  ctx: WorkContext,
  { execution, project, workspace }: Result,
  { baseBranch, commit, work }: { baseBranch: string; commit: string; work: string },
): Promise<Pick<Reverted, 'baseCommit' | 'head' | 'place'>> {
  const { signal } = new AbortController()
  const made = await createWorkspace({
    project,
    root: ctx.config.workspaceRoot,
    executionId: execution.id,
    branch: workspace.branch,
    earlier: { baseBranch, baseCommit: commit, finished: work, head: work },
    signal,
  })
  const { path, branch, baseCommit } = made
  // An app that ended before it wrote the revert down has left one, with the same work.
  return { baseCommit, head: await headCommit(path, signal), place: { path, branch } }
}
