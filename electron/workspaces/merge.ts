import { git, gitLine } from '#electron/platform/git.ts'
import { GitError } from '#electron/platform/git-error.ts'
import { trialMerge } from '#electron/platform/git-merge.ts'
import { inGitQueue } from '#electron/platform/git-queue.ts'
import { commitTree, identityConfig, resolveCommit } from '#electron/platform/git-repository.ts'
import type { MergePreview, MergeResult } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import { checkoutOf, unfinishedWork } from './checkout-in-the-way.ts'
import { type FolderCopy, mergeIntoFolder, previewFolder } from './merge-folder.ts'
import { listed, obstacleTo } from './merge-obstacle.ts'

export interface MergeRequest {
  /** The project's folder. */
  repoPath: string
  /** The workspace's branch. */
  branch: string
  /** Null when HEAD was detached at the start: then there is nothing to merge into. */
  baseBranch: string | null
  signal: AbortSignal
  /** For a project that is no repository: its copy. Branches do not matter then. */
  copy?: FolderCopy
}

/** Whether the result can be merged now; nothing is changed. */
export async function previewMerge(request: MergeRequest): Promise<MergePreview> {
  if (request.copy) return previewFolder(request.repoPath, request.copy, request.signal)
  return (await planMerge(request)).preview
}

/**
 * A real merge commit on the base branch: made in the checkout that has it open, or by plumbing when none has.
 * Refused with the reason and the files (RefusedError MERGE_CONFLICT, CHECKOUT_IN_THE_WAY, NOTHING_TO_MERGE,
 * MERGE_UNAVAILABLE), and then nothing has changed. A checkout is never switched, reset or stashed.
 */
export async function mergeWorkspace(request: MergeRequest & { message: string }): Promise<MergeResult> {
  if (request.copy) return mergeIntoFolder(request.repoPath, request.copy, request.signal)
  return inGitQueue(request.repoPath, request.signal, async () => {
    const { preview, plan } = await planMerge(request)
    if (!plan) throw refusal(preview)
    const commit = plan.checkout
      ? await mergeInCheckout(plan.checkout, plan, request)
      : await mergeByPlumbing(plan, request)
    return { commit, base_branch: plan.baseBranch }
  })
}

interface MergePlan {
  baseBranch: string
  base: string
  theirs: string
  tree: string
  checkout: string | null
}

async function planMerge(request: MergeRequest): Promise<{ preview: MergePreview; plan: MergePlan | null }> {
  const { repoPath, baseBranch, signal } = request
  if (baseBranch === null) {
    return unavailable(
      'The work started from a detached HEAD, so there is no branch to merge into. ' +
        `Create one with “git switch -c <name>” and merge “${request.branch}” into it.`,
    )
  }
  const [base, theirs] = await Promise.all([
    resolveCommit(repoPath, `refs/heads/${baseBranch}`, signal),
    resolveCommit(repoPath, `refs/heads/${request.branch}`, signal),
  ])
  if (!base)
    return unavailable(`The branch “${baseBranch}” does not exist any more. Create it again to merge.`)
  if (!theirs) return unavailable(`The branch “${request.branch}” with the result does not exist any more.`)

  const commits = Number(
    await gitLine(['rev-list', '--count', `${base}..${theirs}`], { cwd: repoPath, signal }),
  )
  const trial = commits > 0 ? await trialMerge(repoPath, base, theirs, signal) : null
  if (trial?.state === 'conflict')
    return only({ state: 'conflict', base_branch: baseBranch, files: trial.files })
  const baseTree = await gitLine(['rev-parse', `${base}^{tree}`], { cwd: repoPath, signal })
  if (!trial || trial.tree === baseTree) return only({ state: 'nothing_to_merge', base_branch: baseBranch })

  const checkout = await checkoutOf(repoPath, baseBranch, signal)
  const obstacle = await obstacleTo({ repoPath, baseBranch, checkout, base, tree: trial.tree, signal })
  if (obstacle) return only(obstacle)
  return {
    preview: { state: 'ready', base_branch: baseBranch, commits },
    plan: { baseBranch, base, theirs, tree: trial.tree, checkout },
  }
}

/** Once begun a merge is not interrupted: half of one in a person's checkout would be the worst of all. */
async function mergeInCheckout(
  checkout: string,
  plan: MergePlan,
  request: { message: string },
): Promise<string> {
  const signal = new AbortController().signal
  const where = { cwd: checkout, signal }
  const identity = await identityConfig(checkout, signal)
  const config = { ...identity, 'merge.autoStash': 'false' }
  const args = ['merge', '--no-ff', '--commit', '--no-squash', '--no-edit', '--no-verify', '--no-autostash']
  try {
    await git([...args, '-m', request.message, plan.theirs], { ...where, config })
  } catch (error) {
    if ((await unfinishedWork(checkout, signal)) === 'merge') await git(['merge', '--abort'], where)
    if (!(error instanceof GitError)) throw error
    const message = `Git refused to merge: ${error.stderr.trim() || 'no reason given'} Nothing was changed.`
    throw new RefusedError('MERGE_UNAVAILABLE', message, {}, { cause: error })
  }
  return gitLine(['rev-parse', 'HEAD'], where)
}

/** `update-ref` moves the branch only if it is where the plan saw it. */
async function mergeByPlumbing(
  plan: MergePlan,
  request: MergeRequest & { message: string },
): Promise<string> {
  const { repoPath, signal } = request
  const parents = [plan.base, plan.theirs]
  const commit = await commitTree(repoPath, { tree: plan.tree, parents, message: request.message }, signal)
  const reason = `merge ${request.branch}: by Agent Rangers`
  const args = ['update-ref', '-m', reason, `refs/heads/${plan.baseBranch}`, commit, plan.base]
  await git(args, { cwd: repoPath, signal })
  return commit
}

function refusal(preview: MergePreview): RefusedError {
  switch (preview.state) {
    case 'conflict':
      return new RefusedError(
        'MERGE_CONFLICT',
        `This would conflict with “${preview.base_branch}” in ${listed(preview.files)}. Nothing was changed.`,
        { files: preview.files },
      )
    case 'checkout_in_the_way':
      return new RefusedError(
        'CHECKOUT_IN_THE_WAY',
        `Your checkout has local changes in the way: ${listed(preview.files)}. ` +
          'Commit or move them, then merge again. Nothing was changed.',
        { files: preview.files },
      )
    case 'nothing_to_merge':
      return new RefusedError('NOTHING_TO_MERGE', `“${preview.base_branch}” already has all of this.`)
    default:
      return new RefusedError(
        'MERGE_UNAVAILABLE',
        preview.state === 'unavailable' ? preview.reason : 'The branch moved at this moment. Merge again.',
      )
  }
}

function only(preview: MergePreview): { preview: MergePreview; plan: null } {
  return { preview, plan: null }
}

function unavailable(reason: string): { preview: MergePreview; plan: null } {
  return only({ state: 'unavailable', reason })
}
