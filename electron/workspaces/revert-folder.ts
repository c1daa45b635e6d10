import { lstat, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { git } from '#electron/platform/git.ts'
import { resolveCommit } from '#electron/platform/git-repository.ts'
import type { RevertPreview } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import { noteBegun } from './begun-merge.ts'
import { type CheckedOut, checkOut, checkOutApart } from './checked-out.ts'
import { commitWorkspace } from './commit-workspace.ts'
import { copyFolder } from './copy-folder.ts'
import type { Workspace } from './create-workspace.ts'
import { type FolderChange, folderChanges, type Seen, sightOf, standingOf } from './folder-change.ts'
import { readMarker, realRoot, removeMarker, requireMarker, workspacePath, writeMarker } from './marker.ts'
import { listed } from './merge-obstacle.ts'
import { keptBundle } from './remove-workspace.ts'
import { takeOver } from './take-over.ts'
import { headCommit, keepRef, workspaceOptions } from './workspace-git.ts'

/** A result that was taken over into a folder that is no repository. */
export interface FolderRevert {
  folder: string
  /** The folder that holds all workspaces. */
  root: string
  executionId: string
  branch: string
  /** Where the work began. */
  baseCommit: string
  /** Its last commit. */
  head: string
  signal: AbortSignal
}

/** Whether the files that were taken over can be put back as they were; no file is changed. */
export async function previewFolderRevert(revert: FolderRevert): Promise<RevertPreview> {
  await using work = await keptWork(revert)
  return work ? (await planRevert(revert, work.path)).preview : gone(revert)
}

/**
 * Puts the files of a folder back as they were before a result was taken over, and makes the workspace anew with the work on
 * top of that, so that it can be mended and taken over again. Refused (RefusedError REVERT_CONFLICT, REVERT_UNAVAILABLE)
 * before the first file is written. Broken off, it goes on when it is done again.
 */
export async function revertFolder(
  revert: FolderRevert & { title: string },
): Promise<Workspace & { head: string }> {
  await using work = await keptWork(revert)
  if (!work) throw new RefusedError('REVERT_UNAVAILABLE', gone(revert).reason)
  const { preview, changes, seen } = await planRevert(revert, work.path)
  if (preview.state === 'conflict') {
    throw new RefusedError(
      'REVERT_CONFLICT',
      `These files were changed in your folder since: ${listed(preview.files)}. Nothing was changed. ` +
        'Put them back by hand, or leave the change as it is.',
      { files: preview.files },
    )
  }
  const paths = changes.map(({ path }) => path)
  // First, so that nothing has changed in the folder when there is no room for it.
  const workspace = await makeAgain(revert, work.path, paths)
  await checkOut(work.path, revert.baseCommit, revert.signal)
  const { folder, head: from, baseCommit: to } = revert
  await noteBegun(workspace.path, { direction: 'revert', folder, from, to, paths })
  await takeOver({ source: work.path, folder, paths, mark: revert.executionId, seen })
  return workspace
}

/** A revert that was taken back leaves no workspace: what was kept of the work has it, as before. */
export async function removeRemade(root: string, executionId: string): Promise<void> {
  const path = workspacePath(await realRoot(root), executionId)
  if (!(await lstat(keptBundle(dirname(path), executionId)).catch(() => null))) return
  if (!(await readMarker(path))) return
  await rm(path, { recursive: true, force: true })
  await removeMarker(path)
}

async function planRevert(
  { folder, baseCommit, head, signal }: FolderRevert,
  work: string,
): Promise<{
  preview: Exclude<RevertPreview, { state: 'unavailable' }>
  changes: FolderChange[]
  seen: Seen
}> {
  const base_branch = basename(folder)
  const changes = await folderChanges(work, baseCommit, head, signal)
  // Seen from behind: what had been added goes.
  const goes = new Set(changes.filter(({ before }) => before === null).map(({ path }) => path))
  const files: string[] = []
  const seen = new Map<string, string>()
  let isDone = true
  for (const { path, before, after } of changes) {
    const back = { path, before: after, after: before }
    seen.set(path, await sightOf(folder, path))
    const standing = await standingOf(folder, work, back, goes, signal)
    if (standing === 'other') files.push(path)
    if (standing !== 'after') isDone = false
  }
  if (files.length > 0) return { preview: { state: 'conflict', base_branch, files }, changes, seen }
  if (isDone) return { preview: { state: 'already_reverted', base_branch }, changes, seen }
  const all = changes.map(({ path }) => path)
  return { preview: { state: 'ready', base_branch, commits: 0, files: all }, changes, seen }
}

/** A copy of the folder as it is with the change taken out, and then the work on top of it. */
async function makeAgain(
  { folder, root, executionId, branch, baseCommit, head, title, signal }: FolderRevert & { title: string },
  work: string,
  paths: readonly string[],
): Promise<Workspace & { head: string }> {
  const path = workspacePath(await realRoot(root), executionId)
  const remade = `refs/rangers/${executionId}/again`
  const before = await readMarker(path)
  if (before && (await lstat(path).catch(() => null))) {
    // It could not be tidied up after the merge, or is of a revert that was broken off.
    const isWhole = before.base_commit === baseCommit || (await resolveCommit(path, remade, signal)) !== null
    if (isWhole)
      return { ...placeOf(path, before.branch, before.base_commit), head: await headCommit(path, signal) }
    await rm(path, { recursive: true, force: true })
  }
  const copied = await copyFolder(path, { project: { path: folder }, executionId, branch, signal })
  await git(['fetch', '--quiet', '--no-tags', work, head], workspaceOptions(path, signal))
  await keepRef(workspaceOptions(path, signal), `refs/rangers/${executionId}/merged`, head)
  await checkOut(work, baseCommit, signal)
  await takeOver({ source: work, folder: path, paths })
  const without = await commitWorkspace({ path, message: 'The folder without the change\n', signal })
  const base = without?.commit ?? copied.baseCommit
  await writeMarker(path, { ...(await requireMarker(path)), base_commit: base })
  await checkOut(work, head, signal)
  await takeOver({ source: work, folder: path, paths })
  const message = `${title}\n\nThe work again, after its merge was reverted.\n\nAgent-Rangers-Execution: ${executionId}\n`
  const again = await commitWorkspace({ path, message, signal })
  const last = again?.commit ?? base
  await keepRef(workspaceOptions(path, signal), remade, last)
  return { ...placeOf(path, branch, base), head: last }
}

function placeOf(path: string, branch: string, baseCommit: string): Workspace {
  return { path, branch, baseBranch: null, baseCommit, uncommittedFiles: 0 }
}

/** What was kept of the work, checked out as its folder was before, for as long as it is needed; null: nothing was. */
async function keptWork(revert: FolderRevert): Promise<CheckedOut | null> {
  const { executionId, baseCommit: commit, head: needs, signal } = revert
  const root = await realRoot(revert.root)
  const workspace = workspacePath(root, executionId)
  const bundle = keptBundle(root, executionId)
  if (await lstat(bundle).catch(() => null)) {
    const what = `refs/rangers/merged/${executionId}`
    return checkOutApart({ from: bundle, what, commit, needs, signal })
  }
  const isThere = await lstat(workspace).catch(() => null)
  return isThere ? checkOutApart({ from: workspace, what: 'HEAD', commit, needs, signal }) : null
}

function gone({ folder, root }: FolderRevert): Extract<RevertPreview, { state: 'unavailable' }> {
  const reason =
    `${folder} is no git repository, and what was kept of this work is not in ${root} any more, so its files cannot be ` +
    'put back from here. The log of the card tells what was changed.'
  return { state: 'unavailable', reason }
}
