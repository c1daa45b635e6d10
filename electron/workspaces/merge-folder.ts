import { randomUUID } from 'node:crypto'
import { copyFile, lstat, mkdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { git, gitLine } from '#electron/platform/git.ts'
import { changedPaths } from '#electron/platform/git-merge.ts'
import type { MergePreview, MergeResult } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import { resolveInside } from './confine.ts'
import { ensureLinked, workspaceOptions } from './workspace-git.ts'

/** The workspace of a folder that is no repository. */
export interface FolderCopy {
  /** The workspace. */
  path: string
  baseCommit: string
}

/** Whether the copy's changes can be taken over: a file that was changed in the folder since is a conflict. */
export async function previewFolder(
  folder: string,
  copy: FolderCopy,
  signal: AbortSignal,
): Promise<MergePreview> {
  const base_branch = basename(folder)
  await ensureLinked(copy.path, signal)
  const changes = await changedPaths(copy.path, copy.baseCommit, 'HEAD', signal)
  if (changes.length === 0) return { state: 'nothing_to_merge', base_branch }
  const clashes = await Promise.all(
    changes.map(async ({ path }) => ((await isAsAtStart(folder, copy, path, signal)) ? null : path)),
  )
  const files = clashes.filter((path) => path !== null)
  return files.length > 0
    ? { state: 'conflict', base_branch, files }
    : { state: 'ready', base_branch, commits: 1 }
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
  const preview = await previewFolder(folder, copy, signal)
  if (preview.state === 'nothing_to_merge') {
    throw new RefusedError('NOTHING_TO_MERGE', 'The agents changed no file.')
  }
  if (preview.state === 'conflict') {
    const names = preview.files.slice(0, 3).join(', ')
    throw new RefusedError(
      'MERGE_CONFLICT',
      `These files were changed in your folder since the work began: ${names}. Nothing was changed.`,
      { files: preview.files },
    )
  }
  for (const { path } of await changedPaths(copy.path, copy.baseCommit, 'HEAD', signal)) {
    await takeOver(join(copy.path, path), await resolveInside(folder, path))
  }
  const commit = await gitLine(['rev-parse', 'HEAD'], workspaceOptions(copy.path, signal))
  return { commit, base_branch: basename(folder) }
}

async function takeOver(from: string, to: string): Promise<void> {
  const entry = await lstat(from).catch(() => null)
  if (!entry) return rm(to, { force: true })
  await mkdir(dirname(to), { recursive: true })
  const draft = join(dirname(to), `.${randomUUID()}.rangers`)
  if (entry.isSymbolicLink()) await symlink(await readlink(from), draft)
  else await copyFile(from, draft)
  await rename(draft, to)
}

/** Compares blobs: what the folder holds now with what it held when it was copied. */
async function isAsAtStart(
  folder: string,
  copy: FolderCopy,
  path: string,
  signal: AbortSignal,
): Promise<boolean> {
  const where = workspaceOptions(copy.path, signal)
  const known = await gitLine(['rev-parse', '--verify', '--quiet', `${copy.baseCommit}:${path}`], {
    ...where,
    okCodes: [1, 128],
  })
  const file = await resolveInside(folder, path)
  const entry = await lstat(join(folder, path)).catch(() => null)
  if (!entry) return known === ''
  if (entry.isSymbolicLink()) {
    const link = await git(['hash-object', '--stdin'], {
      ...where,
      input: await readlink(join(folder, path)),
    })
    return link.stdout.trim() === known
  }
  if (!entry.isFile()) return false
  return (await gitLine(['hash-object', `--path=${path}`, '--', file], where)) === known
}
