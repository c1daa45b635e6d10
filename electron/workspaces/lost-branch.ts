import { lstat, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type GitOptions, git, gitLine } from '#electron/platform/git.ts'
import { isAncestor } from '#electron/platform/git-repository.ts'
import { requireRoomForBranch } from './branch-in-the-way.ts'
import { knownCommits } from './known-commits.ts'
import type { WorkspaceMarker } from './marker.ts'

/**
 * Gives a workspace its branch back when somebody has removed it, or has begun an orphan: git would take the next commit for
 * the first one of all, which could never be merged. Neither index nor files change. Throws
 * RefusedError BRANCH_NAME_TAKEN where another branch is in its way.
 */
export async function restoreLostBranch(where: GitOptions, marker: WorkspaceMarker): Promise<void> {
  const gitDirectory = marker.git_directory ?? join(where.cwd, '.git')
  if (await isWritten(gitDirectory)) return
  if (await commitOf(where, 'HEAD')) return
  const ref = `refs/heads/${marker.branch}`
  if (!(await commitOf(where, ref))) {
    await requireRoomForBranch(where, marker.branch)
    const commit = await lastCommit(where, marker, gitDirectory)
    await git(['update-ref', ref, commit, '0'.repeat(commit.length)], where)
  }
  await git(['symbolic-ref', 'HEAD', ref], where)
}

/** Whether HEAD says a commit, or a branch with a file of its own: seen without a run of git. */
async function isWritten(gitDirectory: string): Promise<boolean> {
  const [head, common] = await Promise.all(
    ['HEAD', 'commondir'].map((name) => readFile(join(gitDirectory, name), 'utf8').catch(() => '')),
  )
  if (!head?.startsWith('ref: ')) return true
  const folder = resolve(gitDirectory, common?.trim() ?? '')
  return Boolean(await lstat(join(folder, head.slice(5).trim())).catch(() => null))
}

/** Where the branch was when it was lost, as HEAD's own log tells; else the last checkpoint, else where the work began. */
async function lastCommit(
  where: GitOptions,
  { execution_id, base_commit }: WorkspaceMarker,
  gitDirectory: string,
): Promise<string> {
  const log = await readFile(join(gitDirectory, 'logs/HEAD'), 'utf8').catch(() => '')
  const [before = '', after = ''] = log.trimEnd().split('\n').at(-1)?.split(' ') ?? []
  const logged = /^0*$/.test(after) ? before : after // a branch that is removed is logged too
  const named = ['for-each-ref', '--sort=-version:refname', '--format=%(objectname)']
  const kept = await gitLine([...named, `refs/rangers/${execution_id}/[0-9]*`], where)
  const candidates = [logged, ...kept.split('\n')].filter((commit) => /^[0-9a-f]{40,}$/.test(commit))
  const known = await knownCommits(where.cwd, candidates, where.signal)
  for (const commit of candidates) {
    if (known.has(commit) && (await isAncestor(where.cwd, base_commit, commit, where.signal))) return commit
  }
  return base_commit
}

async function commitOf(where: GitOptions, name: string): Promise<string> {
  return gitLine(['rev-parse', '--verify', '--quiet', `${name}^{commit}`], { ...where, okCodes: [1, 128] })
}
