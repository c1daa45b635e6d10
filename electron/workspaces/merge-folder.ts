import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { MergePreview, MergeResult } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import { noteBegun, readBegun } from './begun-merge.ts'
import { begunChanges, type Seen, sightOf, standingOf } from './folder-change.ts'
import { listed } from './merge-obstacle.ts'
import { takeOver } from './take-over.ts'
import { ensureLinked, headCommit } from './workspace-git.ts'

/** The workspace of a folder that is no repository. */
export interface FolderCopy {
  /** The workspace. */
  path: string
  baseCommit: string
}

/**
 * Whether the copy's changes can be taken over: a file that somebody else has changed in the folder since is a conflict. One
 * that is as the agents have left it is none: a merge that was broken off goes on, also when the agents have gone on since.
 */
export async function previewFolder(
  folder: string,
  copy: FolderCopy,
  signal: AbortSignal,
): Promise<MergePreview> {
  return (await planFolder(folder, copy, signal)).preview
}

interface FolderPlan {
  preview: MergePreview
  /** Of the copy: what the folder becomes. */
  commit: string
  paths: string[]
  seen: Seen
}

async function planFolder(folder: string, copy: FolderCopy, signal: AbortSignal): Promise<FolderPlan> {
  const base_branch = basename(folder)
  await requireFolder(folder)
  await ensureLinked(copy.path, signal)
  const [commit, earlier] = await Promise.all([headCommit(copy.path, signal), readBegun(copy.path)])
  const begun = earlier?.direction === 'merge' ? earlier.to.filter((one) => one !== commit) : []
  const changes = await begunChanges(copy.path, { from: copy.baseCommit, to: [...begun, commit] }, signal)
  const paths = changes.map(({ path }) => path)
  const plan = { commit, paths, seen: new Map<string, string>() }
  if (changes.length === 0) return { ...plan, preview: { state: 'nothing_to_merge', base_branch } }
  const gone = new Set(changes.filter(({ after }) => after === null).map(({ path }) => path))
  const files: string[] = []
  for (const change of changes) {
    plan.seen.set(change.path, await sightOf(folder, change.path))
    if ((await standingOf(folder, copy.path, change, gone, signal)) === 'other') files.push(change.path)
  }
  if (files.length > 0) return { ...plan, preview: { state: 'conflict', base_branch, files } }
  return { ...plan, preview: { state: 'ready', base_branch, commits: 1 } }
}

/** Without it each file would look as if somebody had removed it. */
async function requireFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => null))?.isDirectory()) return
  throw new RefusedError(
    'FOLDER_MISSING',
    `The folder ${folder} is not there any more. Put it back and try again.`,
  )
}

/**
 * Takes the changes over into the folder, file by file, each replaced whole. Refused (RefusedError MERGE_CONFLICT,
 * NOTHING_TO_MERGE) before the first file is written. That it has begun is on the disk by then, until whoever writes down
 * that it is done forgets it (`forgetBegun`). `commit` is that of the copy's own repository.
 */
export async function mergeIntoFolder(
  folder: string,
  copy: FolderCopy,
  signal: AbortSignal,
): Promise<MergeResult> {
  const { preview, commit, paths, seen } = await planFolder(folder, copy, signal)
  if (preview.state === 'nothing_to_merge') {
    throw new RefusedError('NOTHING_TO_MERGE', 'The agents changed no file.')
  }
  if (preview.state === 'conflict') {
    throw new RefusedError(
      'MERGE_CONFLICT',
      `These files were changed in your folder since the work began: ${listed(preview.files)}. Nothing was changed.`,
      { files: preview.files },
    )
  }
  await noteBegun(copy.path, { direction: 'merge', folder, from: copy.baseCommit, to: commit, paths })
  await takeOver({ source: copy.path, folder, paths, mark: basename(copy.path), seen })
  return { commit, base_branch: basename(folder) }
}
