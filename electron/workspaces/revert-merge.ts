import { changedPaths } from '#electron/platform/git-merge.ts'
import { inGitQueue } from '#electron/platform/git-queue.ts'
import { commitTree, isAncestor, isShallow } from '#electron/platform/git-repository.ts'
import type { RevertPreview } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import { advanceBranch, type BaseBranch, findBaseBranch, inTheWay, notMoved, wayTo } from './base-branch.ts'
import { baseChoices } from './base-choices.ts'
import { cutHistory } from './cut-history.ts'
import { listed } from './merge-obstacle.ts'
import { type MergedRange, mergedRanges } from './merged-commits.ts'
import { bringBack, takeBack } from './revert-trial.ts'
import { keepRef } from './workspace-git.ts'

export interface RevertRequest {
  /** The project's folder, in a repository. */
  repoPath: string
  executionId: string
  baseBranch: string | null
  /** Where the work began. */
  baseCommit: string
  /** Its last commit. */
  head: string
  signal: AbortSignal
}

export interface RevertedMerge {
  /** The tip of the base branch, without the change. */
  commit: string
  baseBranch: string
  /** The work again, on top of `commit`: merging it brings the change back. */
  work: string
  /** Names `work`, so that git never collects it. */
  keptRef: string
}

/** Whether a merge can be taken back now; no branch and no file is changed. */
export async function previewRevert(request: RevertRequest): Promise<RevertPreview> {
  return (await planRevert(request)).preview
}

/**
 * Takes a merged result out of its base branch by one new commit, tried in memory first; commits that came later stay.
 * The branch is moved only if it is where it was seen; in a checkout that has it open by a fast-forward, which never
 * touches local changes. Refused with the reason and the files (RefusedError REVERT_CONFLICT, CHECKOUT_IN_THE_WAY,
 * REVERT_UNAVAILABLE), and then nothing has changed. Since git holds what was merged once to be merged for ever, the work
 * is made anew as a commit on top of the revert.
 */
export async function revertMerge(request: RevertRequest & { title: string }): Promise<RevertedMerge> {
  const { repoPath, executionId, signal } = request
  const reverted = inGitQueue(repoPath, signal, async () => {
    const { preview, plan } = await planRevert(request)
    if (!plan) throw refusal(preview)
    const { base, ranges } = plan
    const commit = plan.isDone
      ? base.tip
      : await commitTree(
          repoPath,
          { tree: plan.without, parents: [base.tip], message: messageOf(request, ranges) },
          signal,
        )
    const isWithin = await isAncestor(repoPath, request.head, commit, signal)
    const work = await commitTree(
      repoPath,
      {
        tree: plan.with,
        parents: isWithin ? [commit] : [commit, request.head], // the steps stay in its history
        message: `${request.title}\n\nThe work again, after its merge was reverted.\n\nAgent-Rangers-Execution: ${executionId}\n`,
      },
      signal,
    )
    const keptRef = `refs/rangers/${executionId}/reverted-${work.slice(0, 12)}`
    await keepRef({ cwd: repoPath, signal }, keptRef, work)
    const reason = `revert of the merge of ${executionId}: by Agent Rangers`
    if (!plan.isDone) await advanceBranch(base, plan.checkout, { commit, reason })
    return { commit, baseBranch: base.name, work, keptRef }
  })
  return reverted.catch((cause: unknown) => {
    throw notMoved(cause, 'REVERT_UNAVAILABLE', `Git did not move “${request.baseBranch}” to the revert`)
  })
}

/** The branches that a merge can be taken out of, when that of its own is gone: those that have it, the likeliest first. */
export async function branchesWithMerge(request: RevertRequest): Promise<string[]> {
  const { repoPath, head, signal } = request
  const found: string[] = []
  for (const name of await baseChoices(repoPath, { baseCommit: head }, signal)) {
    const base = await findBaseBranch(repoPath, name, signal)
    if (base && (await mergedRanges({ ...request, tip: base.tip })).length > 0) found.push(name)
  }
  return found
}

interface RevertPlan {
  base: BaseBranch
  ranges: readonly MergedRange[]
  /** The tree of the base branch without the change, and the one with it. */
  without: string
  with: string
  /** The base branch does not have the change any more. */
  isDone: boolean
  checkout: string | null
}

async function planRevert(
  request: RevertRequest,
): Promise<{ preview: RevertPreview; plan: RevertPlan | null }> {
  const { repoPath, baseBranch, signal } = request
  const base = await findBaseBranch(repoPath, baseBranch, signal)
  if (!base) {
    const branches = await branchesWithMerge(request)
    if (branches.length > 0) return only({ state: 'no_base', base_branch: baseBranch, branches })
    return unavailable(
      `The branch “${baseBranch ?? ''}” that this was merged into was renamed or removed. Give it its name back and try again, ` +
        'or use “git revert” on the branch that has the commits now.',
    )
  }
  const { name: base_branch, tip, tree } = base
  const ranges = await mergedRanges({ ...request, tip })
  if (ranges.length === 0) {
    if (await isShallow(repoPath, signal)) return unavailable(cutHistory(base_branch))
    return unavailable(
      `The commits of this merge are not to be found on “${base_branch}”: it was rewritten or merged in another way since. ` +
        'Use “git revert” with the commits that you want to take back.',
    )
  }
  const undone = await takeBack(repoPath, tip, tree, ranges, signal)
  if (undone.state === 'conflict') return only({ ...undone, base_branch })
  if (undone.tree === tree) return planDone(request, base, ranges)
  const { checkout, obstacle } = await wayTo(base, undone.tree, signal)
  if (obstacle) return only(obstacle)
  const commits = ranges.reduce((sum, range) => sum + range.commits, 0)
  const files = (await changedPaths(repoPath, tip, undone.tree, signal)).map(({ path }) => path)
  return {
    preview: { state: 'ready', base_branch, commits, files },
    plan: { base, ranges, without: undone.tree, with: tree, isDone: false, checkout },
  }
}

/** The change is out of the branch already: what is missing is the work again, on top of what there is. */
async function planDone(
  { repoPath, signal }: RevertRequest,
  base: BaseBranch,
  ranges: readonly MergedRange[],
): Promise<{ preview: RevertPreview; plan: RevertPlan | null }> {
  const again = await bringBack(repoPath, base.tree, ranges, signal)
  if (again.state === 'conflict') {
    return unavailable(
      `“${base.name}” does not have this change any more, and later commits changed the same lines ` +
        `(${listed(again.files)}). Run the card again on the newer state.`,
    )
  }
  return {
    preview: { state: 'already_reverted', base_branch: base.name },
    plan: { base, ranges, without: base.tree, with: again.tree, isDone: true, checkout: null },
  }
}

function messageOf(
  { title, executionId }: RevertRequest & { title: string },
  ranges: readonly MergedRange[],
) {
  const commits = ranges.map(({ before, last, commits }) =>
    commits === 1 ? last : `${before.slice(0, 12)}..${last}`,
  )
  return `Revert “${title}”\n\nTakes back ${commits.join(', ')}.\n\nAgent-Rangers-Reverts: ${executionId}\n`
}

function refusal(preview: RevertPreview): RefusedError {
  switch (preview.state) {
    case 'conflict':
      return new RefusedError(
        'REVERT_CONFLICT',
        `Later commits on “${preview.base_branch}” changed the same lines in ${listed(preview.files)}. ` +
          'Nothing was changed. Take those back first, or undo the change by hand.',
        { files: preview.files },
      )
    case 'checkout_in_the_way':
      return inTheWay(preview.files, 'revert again')
    case 'no_base':
      return new RefusedError(
        'REVERT_UNAVAILABLE',
        `The branch “${preview.base_branch ?? ''}” does not exist any more. Choose another one that has the merge.`,
      )
    default:
      return new RefusedError(
        'REVERT_UNAVAILABLE',
        preview.state === 'unavailable'
          ? preview.reason
          : 'The branch moved at this moment. Check again, then revert.',
      )
  }
}

function only(preview: RevertPreview): { preview: RevertPreview; plan: null } {
  return { preview, plan: null }
}

function unavailable(reason: string): { preview: RevertPreview; plan: null } {
  return only({ state: 'unavailable', reason })
}
