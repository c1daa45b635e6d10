import { lstat, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { git, gitLine } from '#electron/platform/git.ts'
import { resolveCommit } from '#electron/platform/git-repository.ts'
import { type WorkspaceMarker, writeMarker } from './marker.ts'

/**
 * Makes a worktree known to its repository again that has forgotten it (`git worktree prune` while its disk was away, or its
 * folder among git's files removed by hand): on its branch, with all its files as they are. False: that cannot be, since
 * the branch is gone or open elsewhere, or since something else lies where its link was.
 */
export async function registerAgain(
  path: string,
  marker: WorkspaceMarker,
  signal: AbortSignal,
): Promise<boolean> {
  const { kind, git_directory, project_path: repo, branch } = marker
  if (kind !== 'worktree' || !git_directory || (await isThere(git_directory)) || !(await isThere(repo)))
    return false
  const link = await lstat(join(path, '.git')).catch(() => null)
  if (link && !link.isFile()) return false
  if (!(await resolveCommit(repo, `refs/heads/${branch}`, signal))) return false
  const beside = `${path}.again`
  try {
    await rm(beside, { recursive: true, force: true })
    await git(['worktree', 'add', '--force', '--no-checkout', '--', beside, branch], { cwd: repo, signal })
    const written = await readFile(join(beside, '.git'), 'utf8')
    const gitDirectory = await gitLine(['rev-parse', '--absolute-git-dir'], { cwd: beside, signal })
    await writeFile(join(path, '.git'), written)
    await rm(beside, { recursive: true, force: true })
    await git(['worktree', 'repair', '--', path], { cwd: repo, signal })
    // The index as the commit is: what differs in the files is what was not committed.
    await git(['read-tree', 'HEAD'], { cwd: path, signal })
    await writeMarker(path, { ...marker, git_directory: gitDirectory })
    return true
  } catch {
    signal.throwIfAborted()
    return false
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null
}
