import { realpath } from 'node:fs/promises'
import { git, gitLine } from './git.ts'

/** The folder that all worktrees of a repository share, absolute and without symlinks. */
export async function commonDirectory(repoPath: string, signal: AbortSignal): Promise<string> {
  const args = ['rev-parse', '--path-format=absolute', '--git-common-dir']
  return realpath(await gitLine(args, { cwd: repoPath, signal }))
}

/** The commit that a name stands for, or null when there is none. */
export async function resolveCommit(
  repoPath: string,
  name: string,
  signal: AbortSignal,
): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]
  const { stdout, exitCode } = await git(args, { cwd: repoPath, signal, okCodes: [1, 128] })
  return exitCode === 0 ? stdout.trim() : null
}

/** The branch that is checked out, or null when HEAD is detached. */
export async function currentBranch(repoPath: string, signal: AbortSignal): Promise<string | null> {
  return (await gitLine(['branch', '--show-current'], { cwd: repoPath, signal })) || null
}

export async function isAncestor(
  repoPath: string,
  older: string,
  newer: string,
  signal: AbortSignal,
): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', older, newer]
  return (await git(args, { cwd: repoPath, signal, okCodes: [1] })).exitCode === 0
}

/** Settings that let a commit be made: where the person has not told git who they are, our own name. */
export async function identityConfig(repoPath: string, signal: AbortSignal): Promise<Record<string, string>> {
  const ours = { 'user.name': 'Agent Rangers', 'user.email': 'agents@rangers.local' }
  const known = await Promise.all(
    Object.keys(ours).map((key) =>
      gitLine(['config', '--get', key], { cwd: repoPath, signal, okCodes: [1] }),
    ),
  )
  return known.every(Boolean) ? {} : ours
}

/** A commit object; no branch, index or working tree changes. */
export async function commitTree(
  repoPath: string,
  commit: { tree: string; parents: readonly string[]; message: string },
  signal: AbortSignal,
): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ['-p', parent])
  const config = await identityConfig(repoPath, signal)
  const args = ['commit-tree', commit.tree, ...parents, '-F', '-']
  return gitLine(args, { cwd: repoPath, signal, config, input: commit.message })
}
