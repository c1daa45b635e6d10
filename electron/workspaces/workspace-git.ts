import { lstat, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type GitOptions, git, gitLine } from '#electron/platform/git.ts'
import { RefusedError } from '#shared/errors.ts'
import { restoreLostBranch } from './lost-branch.ts'
import { readMarker, type WorkspaceMarker } from './marker.ts'
import { registerAgain } from './register-again.ts'

/** Git in a workspace: never in a repository that happens to lie above it. */
export function workspaceOptions(path: string, signal: AbortSignal): GitOptions {
  return { cwd: path, ceiling: dirname(path), signal }
}

/**
 * Makes sure that git works in this workspace: an agent's command may have deleted the file that links it to its
 * repository, and it is written again; the repository may have forgotten it, and is told; its branch may be gone, and is made
 * again. Throws RefusedError: WORKSPACE_MISSING when the folder is gone, PROJECT_MISSING when that of its repository is,
 * WORKSPACE_BROKEN otherwise.
 */
export async function ensureLinked(path: string, signal: AbortSignal): Promise<void> {
  const [folder, marker] = await Promise.all([lstat(path).catch(() => null), readMarker(path)])
  if (!folder?.isDirectory()) {
    throw new RefusedError('WORKSPACE_MISSING', `The workspace ${path} is not there any more.`)
  }
  if ((await isLinked(path, marker, signal)) || (marker && (await linkAgain(path, marker, signal)))) {
    if (marker) await restoreLostBranch(workspaceOptions(path, signal), marker)
    return
  }
  if (marker?.kind === 'worktree' && !(await lstat(marker.project_path).catch(() => null))) {
    throw new RefusedError(
      'PROJECT_MISSING',
      `The project of this work is not in ${marker.project_path} any more. Put it back, or say where it is now.`,
    )
  }
  throw new RefusedError(
    'WORKSPACE_BROKEN',
    `Git does not work in ${path} any more. The last checkpoint is kept; start the card again.`,
  )
}

async function linkAgain(path: string, marker: WorkspaceMarker, signal: AbortSignal): Promise<boolean> {
  if (marker.kind !== 'worktree' || !marker.git_directory) return false
  const link = await lstat(join(path, '.git')).catch(() => null)
  if (!link || link.isFile()) await writeFile(join(path, '.git'), `gitdir: ${marker.git_directory}\n`)
  return (await isLinked(path, marker, signal)) || registerAgain(path, marker, signal)
}

/** Linked to the repository it was made from, and not to one that an agent has put in its place. */
async function isLinked(path: string, marker: WorkspaceMarker | null, signal: AbortSignal): Promise<boolean> {
  if (marker?.git_directory && (await isWritten(path, marker.git_directory))) return true
  const options = { ...workspaceOptions(path, signal), okCodes: [128] }
  const args = ['rev-parse', '--absolute-git-dir']
  const found = await gitLine(args, options)
  if (!found) return false
  return !marker?.git_directory || marker.git_directory === found
}

/** Whether the link is as git has written it and leads to a worktree's folder: seen without a run of git. */
async function isWritten(path: string, gitDirectory: string): Promise<boolean> {
  const [link, common, head] = await Promise.all(
    [join(path, '.git'), join(gitDirectory, 'commondir'), join(gitDirectory, 'HEAD')].map((file) =>
      readFile(file, 'utf8').catch(() => ''),
    ),
  )
  return link?.trimEnd() === `gitdir: ${gitDirectory}` && common !== '' && head !== ''
}

/** HEAD's commit in a workspace. */
export async function headCommit(path: string, signal: AbortSignal): Promise<string> {
  return gitLine(['rev-parse', 'HEAD'], workspaceOptions(path, signal))
}

/** Names a commit so that git never collects it. */
export async function keepRef(repo: GitOptions, name: string, commit: string): Promise<void> {
  await git(['update-ref', name, commit], repo)
}
