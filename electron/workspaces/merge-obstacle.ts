import { changedPaths } from '#electron/platform/git-merge.ts'
import type { MergePreview } from '#shared/diff.ts'
import { filesInTheWay, isBeingRebased, unfinishedWork } from './checkout-in-the-way.ts'
import { unseenChanges } from './unseen-changes.ts'

type Obstacle = Extract<MergePreview, { state: 'checkout_in_the_way' | 'unavailable' }>

/** What keeps a branch from being moved from `base` to a commit with `tree`; null when nothing does. */
export async function obstacleTo(merge: {
  repoPath: string
  baseBranch: string
  checkout: string | null
  base: string
  tree: string
  signal: AbortSignal
}): Promise<Obstacle | null> {
  const { checkout, baseBranch, signal } = merge
  if (!checkout) {
    if (!(await isBeingRebased(merge.repoPath, baseBranch, signal))) return null
    return {
      state: 'unavailable',
      reason: `A rebase of “${baseBranch}” is under way. Finish or abort it first.`,
    }
  }
  const unfinished = await unfinishedWork(checkout, signal)
  if (unfinished) {
    const reason = `A ${unfinished} is under way in ${checkout}. Finish or abort it first.`
    return { state: 'unavailable', reason }
  }
  const touched = await changedPaths(checkout, merge.base, merge.tree, signal)
  const unseen = await unseenChanges(checkout, new Set(touched.map(({ path }) => path)), signal)
  if (unseen.length > 0) {
    const reason =
      `You have changed ${listed(unseen)} in ${checkout}, and git was told not to look there. Have it look again (“git ` +
      'update-index --no-assume-unchanged --no-skip-worktree <file>”), then commit or move the change.'
    return { state: 'unavailable', reason }
  }
  const files = await filesInTheWay(checkout, merge.base, merge.tree, signal)
  return files.length > 0 ? { state: 'checkout_in_the_way', base_branch: baseBranch, files } : null
}

/** The first three names and how many more. */
export function listed(files: readonly string[]): string {
  const more = files.length > 3 ? ` and ${files.length - 3} more` : ''
  return files.slice(0, 3).join(', ') + more
}
