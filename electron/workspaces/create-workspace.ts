import { lstat } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import { git, gitLine } from '#electron/platform/git.ts'
import { inGitQueue } from '#electron/platform/git-queue.ts'
import { currentBranch, isAncestor, resolveCommit } from '#electron/platform/git-repository.ts'
import { gitStatus } from '#electron/platform/git-status.ts'
import { addWorktree, forgetWorktree } from '#electron/platform/git-worktree.ts'
import { InvalidInputError, RefusedError } from '#shared/errors.ts'
import { requireRoomForBranch } from './branch-in-the-way.ts'
import { copyFolder } from './copy-folder.ts'
import { isLeftBehind } from './is-left-behind.ts'
import {
  readMarker,
  realRoot,
  removeMarker,
  type WorkspaceMarker,
  workspacePath,
  writeMarker,
} from './marker.ts'
import { discardWorkspace } from './remove-workspace.ts'

export interface NewWorkspace {
  project: { path: string; is_repository: boolean }
  /** The folder that holds all workspaces; made if missing, outside every project. */
  root: string
  executionId: string
  /** Wished name, as branchName() makes it; a number is appended when it is taken. */
  branch: string
  /**
   * For an execution that has worked already: where its branch began, and how far the repository has its work. A branch
   * that has less than `finished` is of another computer, and a new one begins with `head`.
   */
  earlier?: { baseBranch: string | null; baseCommit: string; finished: string; head: string }
  /** Work that there is already, in the same repository: the branch begins with it instead of with HEAD. */
  from?: { commit: string; baseBranch: string | null; baseCommit: string }
  signal: AbortSignal
}

export interface Workspace {
  /** Absolute, without symlinks. */
  path: string
  branch: string
  /** Null when HEAD was detached, and for a folder that is no repository. */
  baseBranch: string | null
  baseCommit: string
  /** Uncommitted files of the person's checkout; they are not in the workspace. */
  uncommittedFiles: number
}

/**
 * A place of its own for an execution: a worktree of the project's repository on a new branch, or a copy of a
 * folder that is no repository. Asked again for the same execution it gives the one that is there. Throws
 * RefusedError (EMPTY_REPOSITORY, FOLDER_TOO_LARGE, BRANCH_NAME_TAKEN, WORKSPACE_LOST) with the next step.
 */
export async function createWorkspace(request: NewWorkspace): Promise<Workspace> {
  const root = await realRoot(request.root)
  assertApart(root, request.project.path)
  const path = workspacePath(root, request.executionId)
  await leaveBehind(root, path, request)
  const existing = await reuse(path)
  if (existing) return existing
  if (request.project.is_repository) {
    return inGitQueue(request.project.path, request.signal, () => createWorktree(path, request))
  }
  if (request.earlier) {
    throw new RefusedError(
      'WORKSPACE_LOST',
      `The workspace ${path} is gone, with its work. Start the card again.`,
    )
  }
  return copyFolder(path, request)
}

/** What lies here from before the execution went on elsewhere is kept under a hidden ref, and makes room. */
async function leaveBehind(root: string, path: string, request: NewWorkspace): Promise<void> {
  const { earlier, project, executionId, signal } = request
  const marker = earlier && (await readMarker(path))
  if (!marker || !(await lstat(path).catch(() => null))) return
  const now = { repo: project.path, finished: earlier.finished }
  if (await isLeftBehind(path, marker, now, signal)) await discardWorkspace({ root, executionId, signal })
}

/** A workspace inside its own project would be part of what it works on. */
function assertApart(root: string, projectPath: string): void {
  const within = relative(projectPath, root)
  if (within.startsWith('..') || isAbsolute(within)) return
  throw new InvalidInputError(
    'PROJECT_HOLDS_WORKSPACES',
    `The folder ${projectPath} contains Agent Rangers’ own data (${root}). Open a folder within it instead.`,
  )
}

/** The finished workspace of an earlier call; one that was not finished has no `git_directory` yet. */
async function reuse(path: string): Promise<Workspace | null> {
  const [marker, folder] = await Promise.all([readMarker(path), lstat(path).catch(() => null)])
  if (!folder) return null
  if (!marker) {
    throw new RefusedError(
      'NOT_OUR_FOLDER',
      `${path} is in the way and was not made by Agent Rangers. Move it away.`,
    )
  }
  if (marker.git_directory === null && marker.kind === 'worktree') return null
  return {
    path,
    branch: marker.branch,
    baseBranch: marker.base_branch,
    baseCommit: marker.base_commit,
    uncommittedFiles: 0,
  }
}

async function createWorktree(path: string, request: NewWorkspace): Promise<Workspace> {
  const again = await remake(path, request)
  if (again) return again
  const { signal, earlier } = request
  const repo = request.project.path
  const from = earlier ? { ...earlier, commit: earlier.head } : request.from
  const baseCommit = from?.baseCommit ?? (await resolveCommit(repo, 'HEAD', signal))
  if (baseCommit === null) {
    throw new RefusedError(
      'EMPTY_REPOSITORY',
      'This repository has no commit yet, so there is nothing to branch from. Make a first commit ' +
        '(“git add . && git commit -m "First commit"”) and start again.',
    )
  }
  const [current, dirt] = await Promise.all([currentBranch(repo, signal), gitStatus(repo, signal)])
  const baseBranch = from ? from.baseBranch : current
  const commit = from?.commit ?? baseCommit
  const branch = await freeBranch(repo, request.branch, signal)
  const marker: WorkspaceMarker = {
    app: 'agent-rangers',
    execution_id: request.executionId,
    kind: 'worktree',
    project_path: repo,
    branch,
    base_branch: baseBranch,
    base_commit: baseCommit,
    git_directory: null,
  }
  await writeMarker(path, marker) // first, so that a half-made folder is known as ours
  try {
    await forgetWorktree(repo, path, signal)
    await addWorktree(repo, { path, branch, commit }, signal)
  } catch (error) {
    await undo(repo, path, branch, commit)
    throw error
  }
  const gitDirectory = await gitLine(['rev-parse', '--absolute-git-dir'], { cwd: path, signal })
  await writeMarker(path, { ...marker, git_directory: gitDirectory })
  return { path, branch, baseBranch, baseCommit, uncommittedFiles: dirt.length }
}

/** The folder is gone, but its branch is there: a checkout of it is made again, with all that was committed. */
async function remake(path: string, request: NewWorkspace): Promise<Workspace | null> {
  const { project, signal } = request
  const marker = await knownMarker(path, request)
  if (marker?.project_path !== project.path) return null
  const tip = await resolveCommit(project.path, `refs/heads/${marker.branch}`, signal)
  if (!tip) return null
  if (request.earlier && !(await isAncestor(project.path, request.earlier.finished, tip, signal))) return null
  const where = { cwd: project.path, signal }
  await forgetWorktree(project.path, path, signal)
  await git(['worktree', 'add', '--force', '--', path, marker.branch], where)
  const gitDirectory = await gitLine(['rev-parse', '--absolute-git-dir'], { cwd: path, signal })
  await writeMarker(path, { ...marker, git_directory: gitDirectory })
  return reuse(path)
}

/** The marker of a workspace that was once finished; written anew from what is known when it is lost. */
async function knownMarker(path: string, request: NewWorkspace): Promise<WorkspaceMarker | null> {
  const marker = await readMarker(path)
  if (marker?.git_directory) return marker
  if (marker || !request.earlier) return null
  return {
    app: 'agent-rangers',
    execution_id: request.executionId,
    kind: 'worktree',
    project_path: request.project.path,
    branch: request.branch,
    base_branch: request.earlier.baseBranch,
    base_commit: request.earlier.baseCommit,
    git_directory: null,
  }
}

/** A failed `worktree add` may leave the branch or the folder behind; nobody has worked in it yet. */
async function undo(repo: string, path: string, branch: string, commit: string): Promise<void> {
  const signal = new AbortController().signal // also when the caller has given up
  const where = { cwd: repo, signal, okCodes: [1, 128, 255] }
  await git(['worktree', 'remove', '--force', '--force', '--', path], where)
  await git(['update-ref', '-d', `refs/heads/${branch}`, commit], where)
  await removeMarker(path)
}

async function freeBranch(repo: string, wished: string, signal: AbortSignal): Promise<string> {
  await requireRoomForBranch({ cwd: repo, signal }, wished)
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wished : `${wished}-${number}`
    // Of this name, or below it: git keeps branches as files keep folders.
    const args = ['for-each-ref', '--ignore-case', '--count=1', '--format=%(refname)', `refs/heads/${name}`]
    if (!(await gitLine(args, { cwd: repo, signal }))) return name
  }
}
