import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { git, gitLine } from './git.ts'

/** The folder that all worktrees of a repository share, absolute and without symlinks. */
export async function commonDirectory(repoPath: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted()
  const plain = join(repoPath, '.git')
  if (await isRepository(plain)) return realpath(plain)
  const args = ['rev-parse', '--path-format=absolute', '--git-common-dir']
  return realpath(await gitLine(args, { cwd: repoPath, signal }))
}

/** Whether a folder is one of a checkout's own repository, as nearly all are: seen without a run of git. */
async function isRepository(folder: string): Promise<boolean> {
  const kinds = await Promise.all(
    ['objects', 'refs', 'HEAD', 'commondir'].map((name) => stat(join(folder, name)).catch(() => null)),
  )
  const [objects, refs, head, common] = kinds
  return Boolean(objects?.isDirectory() && refs?.isDirectory() && head?.isFile()) && !common
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

/** Whether two commits have a common past; what has none cannot be merged. */
export async function areRelated(
  repoPath: string,
  one: string,
  other: string,
  signal: AbortSignal,
): Promise<boolean> {
  return (await git(['merge-base', one, other], { cwd: repoPath, signal, okCodes: [1] })).exitCode === 0
}

/** Whether older commits were left away when the repository was fetched: what has a common past there may seem to have none. */
export async function isShallow(repoPath: string, signal: AbortSignal): Promise<boolean> {
  const { stdout } = await git(['rev-parse', '--is-shallow-repository'], { cwd: repoPath, signal })
  return stdout.trim() === 'true'
}

/** Settings that let a commit be made: where the person has not told git who they are, our own name. */
export async function identityConfig(repoPath: string, signal: AbortSignal): Promise<Record<string, string>> {
  const ours = { 'user.name': 'Agent Rangers', 'user.email': 'agents@rangers.local' }
  const args = ['config', '-z', '--get-regexp', '^user[.](name|email)$']
  const { stdout } = await git(args, { cwd: repoPath, signal, okCodes: [1] })
  // Of several values of one key the last one counts.
  const known = new Map(
    stdout.split('\0').map((entry) => {
      const [key = '', ...value] = entry.split('\n')
      return [key, value.join('\n')] as const
    }),
  )
  return Object.keys(ours).every((key) => known.get(key)) ? {} : ours
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
