import { gitLine } from '#electron/platform/git.ts'
import { type TrialMerge, trialMerge } from '#electron/platform/git-merge.ts'
import { commitTree } from '#electron/platform/git-repository.ts'
import type { MergedRange } from './merged-commits.ts'

/** The tree of a branch without these commits, tried in memory. */
export async function takeBack(
  repoPath: string,
  base: string,
  tree: string,
  ranges: readonly MergedRange[],
  signal: AbortSignal,
): Promise<TrialMerge> {
  let trial: TrialMerge = { state: 'clean', tree }
  for (const { before, last } of ranges) {
    if (trial.state === 'conflict') break
    const ours = trial.tree === tree ? base : await madeUp(repoPath, trial.tree, base, signal)
    trial = await trialMerge(repoPath, ours, await madeUp(repoPath, `${before}^{tree}`, last, signal), signal)
  }
  return trial
}

/** The tree with these commits once more, tried in memory. */
export async function bringBack(
  repoPath: string,
  tree: string,
  ranges: readonly MergedRange[],
  signal: AbortSignal,
): Promise<TrialMerge> {
  let trial: TrialMerge = { state: 'clean', tree }
  for (const { before, last } of ranges.toReversed()) {
    if (trial.state === 'conflict') break
    const ours = await madeUp(repoPath, trial.tree, before, signal)
    trial = await trialMerge(repoPath, ours, await madeUp(repoPath, `${last}^{tree}`, before, signal), signal)
  }
  return trial
}

/** A commit that only the trial sees: its parent is what git compares both sides with (it has no option for it before 2.40). */
async function madeUp(repoPath: string, tree: string, parent: string, signal: AbortSignal): Promise<string> {
  const id = await gitLine(['rev-parse', tree], { cwd: repoPath, signal })
  return commitTree(repoPath, { tree: id, parents: [parent], message: 'Trial' }, signal)
}
