import { gitLine } from '#electron/platform/git.ts'
import { changedPaths } from '#electron/platform/git-merge.ts'
import { isAncestor } from '#electron/platform/git-repository.ts'
import type { BaseBranch } from './base-branch.ts'
import { takeBack } from './revert-trial.ts'

/** The work of which a branch is asked whether it has it. */
interface Work {
  repoPath: string
  /** Where it began. */
  baseCommit: string
  /** Its last commit as it was recorded. */
  head?: string | null
  signal: AbortSignal
}

/** Whether a base branch that has the commits of the work lacks what they changed: somebody has reverted them by hand. */
export async function isTakenBack(
  { repoPath, baseCommit, signal }: Work,
  base: BaseBranch,
  theirs: string,
): Promise<boolean> {
  if (!(await isAncestor(repoPath, theirs, base.tip, signal))) return false
  const [changed] = await changedPaths(repoPath, baseCommit, theirs, signal)
  if (!changed) return false
  const range = { before: baseCommit, last: theirs, commits: 1 }
  const undone = await takeBack(repoPath, base.tip, base.tree, [range], signal)
  return undone.state === 'clean' && undone.tree === base.tree
}

/**
 * Where a base branch has the work that is not to be merged into it any more: the work's own commit, or its tip when it was
 * squashed. Null when the work has changed nothing, or is another than the branch has: it came back by a revert.
 */
export async function foundWork(
  { repoPath, baseCommit, head, signal }: Work,
  base: BaseBranch,
  theirs: string,
): Promise<string | null> {
  const has = (newer: string, older: string) => isAncestor(repoPath, older, newer, signal)
  const [tree, before] = await Promise.all(
    [theirs, baseCommit].map((commit) =>
      gitLine(['rev-parse', `${commit}^{tree}`], { cwd: repoPath, signal }),
    ),
  )
  if (tree === before) return null
  if (await has(base.tip, theirs)) return !head || (await has(base.tip, head)) ? theirs : null
  return !head || (await has(theirs, head)) ? base.tip : null
}
