import { basename } from 'node:path'
import { gitLine } from '#electron/platform/git.ts'
import type { MergePreview, MergeResult } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import { folderChanges, standingOf } from './folder-change.ts'
import { listed } from './merge-obstacle.ts'
import { takeOver } from './take-over.ts'
import { ensureLinked, workspaceOptions } from './workspace-git.ts'

/** The workspace of a folder that is no repository. */
export interface FolderCopy {
  /** The workspace. */
  path: string
  baseCommit: string
}

/**
 * Whether the copy's changes can be taken over: a file that somebody else has changed in the folder since is a conflict. One
 * that is as the agents have left it is none: a merge that was broken off goes on.
 */
export async function previewFolder(
  folder: string,
  copy: FolderCopy,
  signal: AbortSignal,
): Promise<MergePreview> {
  return (await planFolder(folder, copy, signal)).preview
}

async function planFolder(
  folder: string,
  copy: FolderCopy,
  signal: AbortSignal,
): Promise<{ preview: MergePreview; paths: string[] }> {
  const base_branch = basename(folder)
  await ensureLinked(copy.path, signal)
  const changes = await folderChanges(copy.path, copy.baseCommit, 'HEAD', signal)
  const paths = changes.map(({ path }) => path)
  if (changes.length === 0) return { preview: { state: 'nothing_to_merge', base_branch }, paths }
  const gone = new Set(changes.filter(({ after }) => after === null).map(({ path }) => path))
  const files: string[] = []
  for (const change of changes) {
    if ((await standingOf(folder, copy.path, change, gone, signal)) === 'other') files.push(change.path)
  }
  if (files.length > 0) return { preview: { state: 'conflict', base_branch, files }, paths }
  return { preview: { state: 'ready', base_branch, commits: 1 }, paths }
}

/**
 * Takes the changes over into the folder, file by file, each replaced whole. Refused (RefusedError MERGE_CONFLICT,
 * NOTHING_TO_MERGE) before the first file is written. `commit` is that of the copy's own repository.
 */
export async function mergeIntoFolder(
  folder: string,
  copy: FolderCopy,
  signal: AbortSignal,
): Promise<MergeResult> {
  const { preview, paths } = await planFolder(folder, copy, signal)
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
  await takeOver(copy.path, folder, paths)
  const commit = await gitLine(['rev-parse', 'HEAD'], workspaceOptions(copy.path, signal))
  return { commit, base_branch: basename(folder) }
}
