import { lstat, rm } from 'node:fs/promises'
import { git, gitLine } from '#electron/platform/git.ts'
import { copyFolder } from './copy-folder.ts'
import { lastOfWork } from './last-of-work.ts'
import { readMarker, realRoot, removeMarker, requireMarker, workspacePath, writeMarker } from './marker.ts'
import { keptBundle } from './remove-workspace.ts'
import { headCommit, workspaceOptions } from './workspace-git.ts'

/** The discarded copy of a folder that is no repository. */
export interface DiscardedCopy {
  /** The folder it was made of. */
  folder: string
  /** The folder that holds all workspaces. */
  root: string
  executionId: string
  branch: string
  /** Where the work began. */
  baseCommit: string
  /** Its last commit as it was recorded. */
  head: string | null
  signal: AbortSignal
}

export interface RestoredCopy {
  path: string
  head: string
}

/**
 * Makes the workspace of a plain folder anew from what was kept of it: what git does not know comes from the folder as it is
 * now, the work and where it began as they were. Null: nothing was kept of it on this computer.
 */
export async function restoreCopy(discarded: DiscardedCopy): Promise<RestoredCopy | null> {
  const root = await realRoot(discarded.root)
  const path = workspacePath(root, discarded.executionId)
  const [marker, folder] = await Promise.all([readMarker(path), lstat(path).catch(() => null)])
  // Discarded from another computer, it was never removed here.
  if (folder && marker?.base_commit === discarded.baseCommit)
    return { path, head: await headCommit(path, discarded.signal) }
  const bundle = keptBundle(root, discarded.executionId)
  if (!(await lstat(bundle).catch(() => null))) return null
  if (folder && marker) await rm(path, { recursive: true }) // half-made by an app that was killed
  try {
    return await fromBundle(bundle, path, discarded)
  } catch (error) {
    await rm(path, { recursive: true, force: true })
    await removeMarker(path)
    throw error
  }
}

async function fromBundle(
  bundle: string,
  path: string,
  { folder, executionId, branch, baseCommit, head: recorded, signal }: DiscardedCopy,
): Promise<RestoredCopy> {
  await copyFolder(path, { project: { path: folder }, executionId, branch, signal })
  const where = workspaceOptions(path, signal)
  await git(['fetch', '--quiet', '--no-tags', bundle, '+refs/rangers/*:refs/rangers/*'], where)
  const kept = await gitLine(['rev-parse', `refs/rangers/discarded/${executionId}`], where)
  const head = await lastOfWork(path, { kept, head: recorded }, signal)
  await git(['checkout', '--quiet', '--force', '-B', branch, head], where)
  await writeMarker(path, { ...(await requireMarker(path)), base_commit: baseCommit })
  return { path, head }
}
