import { git } from './git.ts'
import { GitError } from './git-error.ts'

export type TrialMerge = { state: 'clean'; tree: string } | { state: 'conflict'; files: string[] }

/**
 * Merges two commits in memory: nothing on disk changes but git's object store. Both must be there
 * (resolveCommit). Needs git 2.38.
 */
export async function trialMerge(
  repoPath: string,
  ours: string,
  theirs: string,
  signal: AbortSignal,
): Promise<TrialMerge> {
  const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', ours, theirs]
  const { stdout, exitCode } = await git(args, { cwd: repoPath, signal, okCodes: [1] })
  const [tree, ...names] = stdout.split('\0')
  if (!tree) throw new GitError(args, exitCode, 'merge-tree gave no tree')
  if (exitCode === 0) return { state: 'clean', tree }
  return { state: 'conflict', files: [...new Set(names.filter(Boolean))] }
}

/** Names of the files that differ between two commits or trees, deleted ones included. */
export async function changedPaths(
  repoPath: string,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<{ path: string; isAdded: boolean }[]> {
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--name-status', '--end-of-options', from, to]
  const { stdout } = await git(args, { cwd: repoPath, signal })
  const fields = stdout.split('\0')
  const paths: { path: string; isAdded: boolean }[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    paths.push({ path: fields[at + 1] ?? '', isAdded: fields[at] === 'A' })
  }
  return paths
}
