import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { RefusedError } from '#shared/errors.ts'
import type { AppContext } from '../context.ts'
import { resolveCommit } from '../platform/git-repository.ts'
import { createWorkspace, type Workspace } from '../workspaces/create-workspace.ts'
import { lastOfWork } from '../workspaces/last-of-work.ts'
import { restoreCopy } from '../workspaces/restore-copy.ts'
import { findAside, keptFolder, putBack } from '../workspaces/set-aside.ts'
import type { Result } from './find-result.ts'

/** Discarded work that has a workspace again. */
export interface WorkAgain extends Pick<Workspace, 'path' | 'branch'> {
  head: string
  /** What a person has to be told of files that could not be put into it. */
  left: string | null
}

/** Makes the workspace of discarded work anew. Refused (KEPT_WORK_GONE, PROJECT_MISSING) where that cannot be. */
export async function workAgain(
  ctx: Pick<AppContext, 'config'>,
  result: Result,
  signal: AbortSignal,
): Promise<WorkAgain> {
  const { path, is_repository } = result.project
  if (!(await stat(path).catch(() => null))?.isDirectory()) {
    throw new RefusedError(
      'PROJECT_MISSING',
      `The folder ${path} is not there, so this work cannot be brought back. Put it back and try again.`,
    )
  }
  return is_repository ? inRepository(ctx, result, signal) : inCopy(result)
}

async function inRepository(
  ctx: Pick<AppContext, 'config'>,
  result: Result,
  signal: AbortSignal,
): Promise<WorkAgain> {
  const { base_branch: baseBranch, base_commit: baseCommit, branch } = result.workspace
  const aside = await findAside(result.workspace.path)
  const head = await keptHead(result, aside, signal)
  const workspace = await createWorkspace({
    project: result.project,
    root: ctx.config.workspaceRoot,
    executionId: result.execution.id,
    branch,
    earlier: { baseBranch, baseCommit, finished: head, head },
    signal: new AbortController().signal, // half a workspace would be one that nobody knows
  })
  const isBack = aside === null || (await putBack(aside, workspace.path))
  return { head, path: workspace.path, branch: workspace.branch, left: isBack ? null : leftAside(aside) }
}

function leftAside(folder: string): string {
  return `The work is back as it was last committed. Its files as they were when it was discarded are in ${folder}.`
}

/** Its last commit that the repository has. */
async function keptHead(
  { execution, project: { path }, workspace }: Result,
  aside: string | null,
  signal: AbortSignal,
): Promise<string> {
  const ref = workspace.kept_ref ?? `refs/rangers/discarded/${execution.id}`
  // The repository was away: nothing could be written there, and its branch is as it was.
  const kept =
    (await resolveCommit(path, ref, signal)) ??
    (aside && (await resolveCommit(path, `refs/heads/${workspace.branch}`, signal)))
  if (kept) return lastOfWork(path, { kept, head: execution.head_commit }, signal)
  const where = aside ? `Its files are in ${aside}.` : 'Bring it back on the computer that discarded it.'
  throw new RefusedError(
    'KEPT_WORK_GONE',
    `${path} does not have ${ref}, under which this work was kept. ${where}`,
  )
}

async function inCopy({ execution, project, workspace }: Result): Promise<WorkAgain> {
  const root = dirname(workspace.path) // the setting may have changed since
  const made = await restoreCopy({
    folder: project.path,
    root,
    executionId: execution.id,
    branch: workspace.branch,
    baseCommit: workspace.base_commit,
    head: execution.head_commit,
    signal: new AbortController().signal,
  })
  if (made) return { ...made, branch: workspace.branch, left: null }
  const aside = await findAside(workspace.path)
  if (aside)
    throw new RefusedError(
      'KEPT_WORK_GONE',
      `Git did not work in this copy of “${project.name}” when it was discarded, so it cannot be merged any more. Its files are in ${aside}.`,
    )
  throw new RefusedError(
    'KEPT_WORK_GONE',
    `“${project.name}” is no git repository, and what was kept of this work is not in ${keptFolder(root)} on this ` +
      'computer. Bring it back on the computer that discarded it.',
  )
}
