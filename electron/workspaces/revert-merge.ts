import { git, gitLine } from '#electron/platform/git.ts'
import { GitError } from '#electron/platform/git-error.ts'
import { changedPaths } from '#electron/platform/git-merge.ts'
import { inGitQueue } from '#electron/platform/git-queue.ts'
import { commitTree, isAncestor, resolveCommit } from '#electron/platform/git-repository.ts'
import type { RevertPreview } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import { checkoutOf } from './checkout-in-the-way.ts'
import { listed, obstacleTo } from './merge-obstacle.ts'
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
  return inGitQueue(repoPath, signal, async () => {
    const { preview, plan } = await planRevert(request)
    if (!plan) throw refusal(preview)
    const { baseBranch, base, ranges } = plan
    const commit = plan.isDone
      ? base
      : await commitTree(
          repoPath,
          { tree: plan.without, parents: [base], message: messageOf(request, ranges) },
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
    if (!plan.isDone) await advance(plan, commit, request)
    return { commit, baseBranch, work, keptRef }
  })
}

interface RevertPlan {
  baseBranch: string
  base: string
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
  const base = baseBranch && (await resolveCommit(repoPath, `refs/heads/${baseBranch}`, signal))
  if (!baseBranch || !base) {
    return unavailable(
      `The branch “${baseBranch ?? ''}” that this was merged into does not exist any more, so there is nothing to revert.`,
    )
  }
  const ranges = await mergedRanges({ ...request, tip: base })
  if (ranges.length === 0) {
    return unavailable(
      `The commits of this merge are not to be found on “${baseBranch}”: it was rewritten or merged in another way since. ` +
        'Use “git revert” with the commits that you want to take back.',
    )
  }
  const tree = await gitLine(['rev-parse', `${base}^{tree}`], { cwd: repoPath, signal })
  const undone = await takeBack(repoPath, base, tree, ranges, signal)
  if (undone.state === 'conflict') return only({ ...undone, base_branch: baseBranch })
  if (undone.tree === tree) return planDone(request, { base, baseBranch, tree, ranges })
  const checkout = await checkoutOf(repoPath, baseBranch, signal)
  const obstacle = await obstacleTo({ repoPath, baseBranch, checkout, base, tree: undone.tree, signal })
  if (obstacle) return only(obstacle)
  const commits = ranges.reduce((sum, range) => sum + range.commits, 0)
  const files = (await changedPaths(repoPath, base, undone.tree, signal)).map(({ path }) => path)
  return {
    preview: { state: 'ready', base_branch: baseBranch, commits, files },
    plan: { baseBranch, base, ranges, without: undone.tree, with: tree, isDone: false, checkout },
  }
}

/** The change is out of the branch already: what is missing is the work again, on top of what there is. */
async function planDone(
  { repoPath, signal }: RevertRequest,
  { base, baseBranch, tree, ranges }: Pick<RevertPlan, 'base' | 'baseBranch' | 'ranges'> & { tree: string },
): Promise<{ preview: RevertPreview; plan: RevertPlan | null }> {
  const again = await bringBack(repoPath, tree, ranges, signal)
  if (again.state === 'conflict') {
    return unavailable(
      `“${baseBranch}” does not have this change any more, and later commits changed the same lines ` +
        `(${listed(again.files)}). Run the card again on the newer state.`,
    )
  }
  return {
    preview: { state: 'already_reverted', base_branch: baseBranch },
    plan: { baseBranch, base, ranges, without: tree, with: again.tree, isDone: true, checkout: null },
  }
}

/** From here on it is not interrupted: half an update of a person's checkout would be the worst of all. */
async function advance(plan: RevertPlan, commit: string, { repoPath, executionId }: RevertRequest) {
  const { signal } = new AbortController()
  const { baseBranch, base, checkout } = plan
  const reason = `revert of the merge of ${executionId}: by Agent Rangers`
  try {
    if (checkout) {
      const args = ['merge', '--ff-only', '--no-verify', '--no-autostash', commit]
      await git(args, { cwd: checkout, signal, config: { 'merge.autoStash': 'false' } })
    } else {
      await git(['update-ref', '-m', reason, `refs/heads/${baseBranch}`, commit, base], {
        cwd: repoPath,
        signal,
      })
    }
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    const message =
      `Git did not move “${baseBranch}” to the revert: ${error.stderr.trim() || 'no reason given'} ` +
      'Nothing was changed. Check again.'
    throw new RefusedError('REVERT_UNAVAILABLE', message, {}, { cause: error })
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
      return new RefusedError(
        'CHECKOUT_IN_THE_WAY',
        `Your checkout has local changes in the way: ${listed(preview.files)}. ` +
          'Commit or move them, then revert again. Nothing was changed.',
        { files: preview.files },
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
