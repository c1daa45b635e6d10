import { lstat, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { git } from '#electron/platform/git.ts'
import { inGitQueue } from '#electron/platform/git-queue.ts'
import { commitTree, commonDirectory, resolveCommit } from '#electron/platform/git-repository.ts'
import { snapshotTree } from '#electron/platform/git-snapshot.ts'
import { forgetWorktree, removeWorktree } from '#electron/platform/git-worktree.ts'
import { RefusedError } from '#shared/errors.ts'
import { requireWhole } from './begun-merge.ts'
import {
  readMarker,
  realRoot,
  removeMarker,
  requireMarker,
  type WorkspaceMarker,
  workspacePath,
} from './marker.ts'
import { keptFolder, setAside } from './set-aside.ts'
import { ensureLinked, headCommit, keepRef, workspaceOptions } from './workspace-git.ts'

export interface WorkspaceRemoval {
  /** The folder that holds all workspaces. */
  root: string
  executionId: string
  /** Nobody has agreed to part with it: refused (PROJECT_MISSING) where the repository is gone, which may come back. */
  needsRepository?: boolean
  signal: AbortSignal
}

/** What was kept: a commit under a hidden ref, for a copy of a plain folder in a bundle file; or the folder with the files. */
export interface KeptWork {
  ref: string | null
  commit: string | null
  bundle: string | null
  /** Where the files themselves are: git did not work in the workspace, or its repository is gone. */
  folder: string | null
}

/**
 * Throws a result away, and yet loses nothing: all that is in the workspace, uncommitted and untracked files
 * included, is kept as `refs/rangers/discarded/<execution>` before folder and branch are removed; where the repository is
 * gone, the folder is moved to `kept/` beside the workspaces. Null when there was no workspace any more. Throws RefusedError NOT_OUR_FOLDER for a folder without our marker.
 */
export function discardWorkspace(request: WorkspaceRemoval): Promise<KeptWork | null> {
  return removeWorkspace(request, 'discarded')
}

/** Tidies up after a merge: like discarding, the last state being kept as `refs/rangers/merged/<execution>`. */
export function closeMergedWorkspace(request: WorkspaceRemoval): Promise<KeptWork | null> {
  return removeWorkspace(request, 'merged')
}

async function removeWorkspace(
  request: WorkspaceRemoval,
  reason: 'discarded' | 'merged',
): Promise<KeptWork | null> {
  const { needsRepository = false, signal } = request
  const root = await realRoot(request.root)
  const path = workspacePath(root, request.executionId)
  const entry = await lstat(path).catch(() => null)
  if (!entry && (await readMarker(path)) === null) return null
  const marker = await requireMarker(path)
  if (entry && !entry.isDirectory()) {
    throw new RefusedError('NOT_OUR_FOLDER', `${path} is no folder any more, so it is left alone.`)
  }
  if (entry) await requireWhole(path)
  const ref = `refs/rangers/${reason}/${request.executionId}`
  const target = { path, ref, marker, isThere: entry !== null, signal }
  const kept =
    marker.kind === 'copy' ? await removeCopy(root, target) : await removeWorktreeOf(target, needsRepository)
  await removeMarker(path)
  return kept
}

interface Target {
  path: string
  ref: string
  marker: WorkspaceMarker
  isThere: boolean
  signal: AbortSignal
}

async function removeWorktreeOf(target: Target, needsRepository: boolean): Promise<KeptWork | null> {
  const { path, marker, isThere, signal } = target
  const { project_path: repo } = marker
  if (await isRepository(repo, signal)) return inGitQueue(repo, signal, () => removeTree(target))
  if (needsRepository) {
    throw new RefusedError(
      'PROJECT_MISSING',
      `The project ${repo} is not there, so its workspace is kept. Put it back and try again, or discard the work first.`,
    )
  }
  return isThere ? { ref: null, commit: null, bundle: null, folder: await setAside(path) } : null
}

async function removeTree(target: Target): Promise<KeptWork | null> {
  const { path, ref, marker, signal } = target
  const { project_path: repo } = marker
  const branchRef = `refs/heads/${marker.branch}`
  const last = await lastState(target)
  const commit = last.commit ?? (await resolveCommit(repo, branchRef, signal))
  if (commit) await keepRef({ cwd: repo, signal }, ref, commit)
  if (await isFolder(path)) await removeFolder(path, marker, signal)
  await forgetWorktree(repo, path, signal)
  const tip = await resolveCommit(repo, branchRef, signal)
  if (tip) await git(['update-ref', '-d', branchRef, tip], { cwd: repo, signal })
  return commit || last.folder ? { ref: commit && ref, commit, bundle: null, folder: last.folder } : null
}

async function removeFolder(path: string, marker: WorkspaceMarker, signal: AbortSignal): Promise<void> {
  if (marker.git_directory !== null) return removeWorktree(marker.project_path, path, signal)
  await rm(path, { recursive: true, force: true }) // half-made: git may not know it
}

/** Where the last state of a copied folder is kept once its workspace is gone: `git clone` opens it. */
export function keptBundle(root: string, executionId: string): string {
  return join(keptFolder(root), `${executionId}.bundle`)
}

async function removeCopy(root: string, target: Target): Promise<KeptWork | null> {
  const { path, ref, marker, signal } = target
  if (!target.isThere) return null
  if (marker.git_directory === null) {
    await rm(path, { recursive: true, force: true }) // half-made: nobody has worked in it
    return null
  }
  const { commit, folder } = await lastState(target)
  if (commit === null) return { ref: null, commit, bundle: null, folder }
  const where = workspaceOptions(path, signal)
  await keepRef(where, ref, commit)
  const bundle = keptBundle(root, marker.execution_id)
  await mkdir(dirname(bundle), { recursive: true })
  await git(['bundle', 'create', '--quiet', bundle, ref], where)
  await rm(path, { recursive: true, force: true })
  return { ref, commit, bundle, folder: null }
}

/** Where git does not work any more, the files themselves are kept. */
async function lastState(target: Target): Promise<Pick<KeptWork, 'commit' | 'folder'>> {
  const { path, marker, signal } = target
  if (!target.isThere || marker.git_directory === null) return { commit: null, folder: null }
  try {
    return { commit: await commitOfEverything(path, marker.branch, signal), folder: null }
  } catch (error) {
    const isBroken = error instanceof RefusedError && typeof error.detail === 'object'
    if (!isBroken || error.detail.error !== 'WORKSPACE_BROKEN') throw error
    return { commit: null, folder: await setAside(path) }
  }
}

/** Its folder may be gone, or be there without git's files. */
async function isRepository(path: string, signal: AbortSignal): Promise<boolean> {
  if (!(await isFolder(path))) return false
  const found = await commonDirectory(path, signal).catch(() => null)
  signal.throwIfAborted()
  return found !== null
}

async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isDirectory() ?? false
}

/** A commit of the files as they are, on top of HEAD and of the branch, so that neither is lost. */
async function commitOfEverything(path: string, branch: string, signal: AbortSignal): Promise<string> {
  await ensureLinked(path, signal)
  const [tree, head, tip] = await Promise.all([
    snapshotTree(path, dirname(path), signal),
    headCommit(path, signal),
    resolveCommit(path, `refs/heads/${branch}`, signal),
  ])
  const parents = [...new Set(tip ? [head, tip] : [head])]
  return commitTree(
    path,
    { tree, parents, message: 'Everything in the workspace when it was removed' },
    signal,
  )
}
