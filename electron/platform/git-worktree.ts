import { git } from './git.ts'

export interface WorktreeEntry {
  path: string
  /** Short name of the branch that is checked out there, or null. */
  branch: string | null
  /** The commit that is checked out; null where there is none yet, or where it cannot be read. */
  head: string | null
}

/** All checkouts of a repository, the main one first. Call it in the git queue when it must be exact. */
export async function listWorktrees(repoPath: string, signal: AbortSignal): Promise<WorktreeEntry[]> {
  const { stdout } = await git(['worktree', 'list', '--porcelain', '-z'], { cwd: repoPath, signal })
  const entries: WorktreeEntry[] = []
  for (const line of stdout.split('\0')) {
    const last = entries.at(-1)
    if (line.startsWith('worktree '))
      entries.push({ path: line.slice('worktree '.length), branch: null, head: null })
    if (last && /^HEAD .*[^0]/.test(line)) last.head = line.slice('HEAD '.length)
    if (last && line.startsWith('branch refs/heads/')) last.branch = line.slice('branch refs/heads/'.length)
  }
  return entries
}

/** A checkout of `commit` at `path` on a new branch. */
export async function addWorktree(
  repoPath: string,
  worktree: { path: string; branch: string; commit: string },
  signal: AbortSignal,
): Promise<void> {
  const args = ['worktree', 'add', '--no-track', '-b', worktree.branch, '--', worktree.path, worktree.commit]
  await git(args, { cwd: repoPath, signal })
}

/** Removes a checkout with all that is in it, locked or not. What is worth keeping must be kept before. */
export async function removeWorktree(repoPath: string, path: string, signal: AbortSignal): Promise<void> {
  await git(['worktree', 'remove', '--force', '--force', '--', path], { cwd: repoPath, signal })
}

/**
 * Forgets a checkout whose folder is gone; nothing when git knows none there. Others whose folders are gone are left alone:
 * a person may have moved one, or its disk may be away, and `git worktree repair` needs what git knows of it.
 */
export async function forgetWorktree(repoPath: string, path: string, signal: AbortSignal): Promise<void> {
  const args = ['worktree', 'remove', '--force', '--force', '--', path]
  await git(args, { cwd: repoPath, signal, okCodes: [128] })
}
