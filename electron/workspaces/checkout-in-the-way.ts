import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gitLine } from '#electron/platform/git.ts'
import { changedPaths } from '#electron/platform/git-merge.ts'
import { gitStatus } from '#electron/platform/git-status.ts'
import { listWorktrees } from '#electron/platform/git-worktree.ts'

/** The checkouts in which a branch is open: one at most, unless git was forced to. One whose folder is gone does not count. */
export async function checkoutsOf(repoPath: string, branch: string, signal: AbortSignal): Promise<string[]> {
  const entries = (await listWorktrees(repoPath, signal)).filter((worktree) => worktree.branch === branch)
  const folders = await Promise.all(entries.map(({ path }) => lstat(path).catch(() => null)))
  return entries.filter((_, index) => folders[index]?.isDirectory()).map(({ path }) => path)
}

/** What a person has begun in a checkout and not ended, as a word for a sentence; null when nothing. */
export async function unfinishedWork(checkout: string, signal: AbortSignal): Promise<string | null> {
  const kinds = [
    ['MERGE_HEAD', 'merge'],
    ['rebase-merge', 'rebase'],
    ['rebase-apply', 'rebase'],
    ['CHERRY_PICK_HEAD', 'cherry-pick'],
    ['REVERT_HEAD', 'revert'],
  ] as const
  for (const [name, word] of kinds) {
    if (await lstat(await gitFile(checkout, name, signal)).catch(() => null)) return word
  }
  return null
}

/** Whether a rebase of this branch is under way somewhere: HEAD is detached then, and the branch moves at its end. */
export async function isBeingRebased(
  repoPath: string,
  branch: string,
  signal: AbortSignal,
): Promise<boolean> {
  const detached = (await listWorktrees(repoPath, signal)).filter((worktree) => worktree.branch === null)
  for (const { path } of detached) if ((await rebasedBranch(path, signal)) === branch) return true
  return false
}

async function rebasedBranch(checkout: string, signal: AbortSignal): Promise<string | null> {
  const folder = await lstat(checkout).catch(() => null)
  if (!folder?.isDirectory()) return null
  for (const name of ['rebase-merge/head-name', 'rebase-apply/head-name']) {
    const text = await readFile(await gitFile(checkout, name, signal), 'utf8').catch(() => null)
    if (text) return text.trim().replace('refs/heads/', '')
  }
  return null
}

/** Where git keeps one of its own files for a checkout. */
function gitFile(checkout: string, name: string, signal: AbortSignal): Promise<string> {
  return gitLine(['rev-parse', '--path-format=absolute', '--git-path', name], { cwd: checkout, signal })
}

/**
 * Local files of a checkout that a merge from `head` to `tree` would overwrite or stumble over: changed and staged
 * ones, untracked ones and, unlike git itself, ignored ones. Anything staged is in the way, as it is for git.
 */
export async function filesInTheWay(
  checkout: string,
  head: string,
  tree: string,
  signal: AbortSignal,
): Promise<string[]> {
  const [changes, status] = await Promise.all([
    changedPaths(checkout, head, tree, signal),
    gitStatus(checkout, signal, { everyFile: true }),
  ])
  const touched = new Set(changes.map((change) => change.path))
  const touchedOrAbove = withFolders(touched)
  // The same file, or a file where the other side has a folder.
  const clashes = (path: string) =>
    touchedOrAbove.has(path) || [...withFolders([path])].some((part) => touched.has(part))
  const dirty = status.filter((entry) => entry.state === 'staged' || clashes(entry.path))
  const appearing = await Promise.all(
    changes
      .filter((change) => change.isAdded)
      .map(async ({ path }) => ((await isThere(join(checkout, path))) ? path : null)),
  )
  const inTheWay = [
    ...dirty.map((entry) => entry.path),

    ...appearing.filter((path) => path !== null),
  ]
  return [...new Set(inTheWay)].sort()
}

/** Paths and all folders above them. */
function withFolders(paths: Iterable<string>): Set<string> {
  const all = new Set<string>()
  for (const path of paths) {
    for (let part = path; part && !all.has(part); part = part.slice(0, Math.max(0, part.lastIndexOf('/')))) {
      all.add(part)
    }
  }
  return all
}

/** A folder there is no clash: its files are compared one by one. */
async function isThere(path: string): Promise<boolean> {
  const entry = await lstat(path).catch(() => null)
  return entry !== null && !entry.isDirectory()
}
