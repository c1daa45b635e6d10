import { gitLine } from '#electron/platform/git.ts'
import { trialMerge } from '#electron/platform/git-merge.ts'
import { inGitQueue } from '#electron/platform/git-queue.ts'
import { areRelated, commitTree, isShallow, resolveCommit } from '#electron/platform/git-repository.ts'
import type { MergePreview, MergeResult } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import { advanceBranch, type BaseBranch, findBaseBranch, inTheWay, notMoved, wayTo } from './base-branch.ts'
import { baseChoices } from './base-choices.ts'
import { cutHistory } from './cut-history.ts'
import { foundWork, isTakenBack } from './found-work.ts'
import { type FolderCopy, mergeIntoFolder, previewFolder } from './merge-folder.ts'
import { listed } from './merge-obstacle.ts'

export interface MergeRequest {
  /** The project's folder. */
  repoPath: string
  /** The workspace's branch. */
  branch: string
  /** Its last commit as it was recorded: what is merged when somebody has removed the branch. */
  head?: string | null
  /** Where the work began. */
  baseCommit: string
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
 * A real merge commit on the base branch, brought there by a fast-forward of the checkout that has it open, or by plumbing
 * when none has. Refused with the reason and the files (RefusedError MERGE_CONFLICT, CHECKOUT_IN_THE_WAY,
 * NOTHING_TO_MERGE, MERGE_UNAVAILABLE), and then nothing has changed. A checkout is never switched, reset or stashed. What
 * is there already is found there.
 */
export async function mergeWorkspace(request: MergeRequest & { message: string }): Promise<MergeResult> {
  const { repoPath, branch, message, signal } = request
  if (request.copy) return mergeIntoFolder(repoPath, request.copy, signal)
  const merged = inGitQueue(repoPath, signal, async () => {
    const { preview, plan, found } = await planMerge(request)
    if (found) return { commit: found, base_branch: request.baseBranch ?? '' }
    if (!plan) throw refusal(preview)
    const { base, theirs, tree, checkout } = plan
    const commit = await commitTree(repoPath, { tree, parents: [base.tip, theirs], message }, signal)
    await advanceBranch(base, checkout, { commit, reason: `merge ${branch}: by Agent Rangers` })
    return { commit, base_branch: base.name }
  })
  return merged.catch((cause: unknown) => {
    throw notMoved(cause, 'MERGE_UNAVAILABLE', 'Git refused to merge')
  })
}

interface MergePlan {
  base: BaseBranch
  theirs: string
  tree: string
  checkout: string | null
}

interface Planned {
  preview: MergePreview
  plan: MergePlan | null
  /** The commit of the base branch that has all of the work. */
  found?: string
}

async function planMerge(request: MergeRequest): Promise<Planned> {
  const { repoPath, branch, baseBranch, signal } = request
  const [base, theirs] = await Promise.all([findBaseBranch(repoPath, baseBranch, signal), workOf(request)])
  if (!base || baseBranch === null) {
    const branches = await baseChoices(repoPath, request, signal)
    return only({ state: 'no_base', base_branch: baseBranch, branches })
  }
  if (!theirs) return unavailable(`The branch “${request.branch}” with the result does not exist any more.`)

  const commits = await countCommits(request, base.tip, theirs)
  if (commits > 0 && !(await areRelated(repoPath, base.tip, theirs, signal)))
    return unavailable(
      (await isShallow(repoPath, signal))
        ? cutHistory(baseBranch)
        : `“${baseBranch}” was begun anew since: it has no commit in common with this work. “${branch}” holds the work.`,
    )
  const trial = commits > 0 ? await trialMerge(repoPath, base.tip, theirs, signal) : null
  if (trial?.state === 'conflict')
    return only({ state: 'conflict', base_branch: baseBranch, files: trial.files })
  if (!trial || trial.tree === base.tree) return planNothing(request, base, theirs)

  const { checkout, obstacle } = await wayTo(base, trial.tree, signal)
  if (obstacle) return only(obstacle)
  return {
    preview: await readyFor(request, base, commits),
    plan: { base, theirs, tree: trial.tree, checkout },
  }
}

/** There is nothing left to be merged: the branch has the work, it had it, or there is none. */
async function planNothing(request: MergeRequest, base: BaseBranch, theirs: string): Promise<Planned> {
  const { name: base_branch } = base
  if (await isTakenBack(request, base, theirs))
    return unavailable(
      `“${base_branch}” had this work, and it was reverted there since; git takes it for merged all the same. ` +
        'To have it back, revert that revert with git; or discard the work here.',
    )
  const found = await foundWork(request, base, theirs)
  if (found) return { preview: { state: 'already_merged', base_branch }, plan: null, found }
  return only({ state: 'nothing_to_merge', base_branch })
}

/** Commits from before the work that its base branch lacks, since another was chosen or it was set back, are told. */
async function readyFor(
  request: MergeRequest,
  { name: base_branch, tip }: BaseBranch,
  commits: number,
): Promise<MergePreview> {
  const isKnown = await resolveCommit(request.repoPath, request.baseCommit, request.signal)
  const older = isKnown ? await countCommits(request, tip, request.baseCommit) : 0
  return { state: 'ready', base_branch, commits, ...(older > 0 && { older }) }
}

/** Of those that lead to a commit, those that another does not have. */
async function countCommits({ repoPath, signal }: MergeRequest, without: string, to: string) {
  return Number(await gitLine(['rev-list', '--count', `${without}..${to}`], { cwd: repoPath, signal }))
}

async function workOf({ repoPath, branch, head, signal }: MergeRequest): Promise<string | null> {
  const tip = await resolveCommit(repoPath, `refs/heads/${branch}`, signal)
  return tip ?? (head ? resolveCommit(repoPath, head, signal) : null)
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
      return inTheWay(preview.files, 'merge again')
    case 'no_base':
      return new RefusedError(
        'MERGE_UNAVAILABLE',
        preview.base_branch === null
          ? 'The work began on a detached HEAD, so there is no branch to merge into. Choose one.'
          : `The branch “${preview.base_branch}” does not exist any more. Choose another one to merge into.`,
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

function only(preview: MergePreview): Planned {
  return { preview, plan: null }
}

function unavailable(reason: string): Planned {
  return only({ state: 'unavailable', reason })
}
