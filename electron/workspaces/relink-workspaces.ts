import { lstat } from 'node:fs/promises'
import { git, gitLine } from '#electron/platform/git.ts'
import { commonDirectory } from '#electron/platform/git-repository.ts'
import { readMarker, writeMarker } from './marker.ts'
import { workspaceOptions } from './workspace-git.ts'

/**
 * Ties worktrees to their repository again after its folder was moved to `repo`. Folders that are not there, that we did
 * not make, and worktrees of another repository are left alone.
 */
export async function relinkWorkspaces(
  repo: string,
  workspaces: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const path of workspaces) {
    const [marker, folder] = await Promise.all([readMarker(path), lstat(path).catch(() => null)])
    if (!folder || !marker?.git_directory || marker.project_path === repo) continue
    await git(['worktree', 'repair', '--', path], { cwd: repo, signal, okCodes: [1, 128] })
    const [theirs, ours] = await Promise.all([
      commonDirectory(path, signal).catch(() => null),
      commonDirectory(repo, signal),
    ])
    if (theirs !== ours) continue
    const gitDirectory = await gitLine(['rev-parse', '--absolute-git-dir'], workspaceOptions(path, signal))
    await writeMarker(path, { ...marker, project_path: repo, git_directory: gitDirectory })
  }
}
