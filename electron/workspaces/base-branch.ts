import { git, gitLine } from '#electron/platform/git.ts'
import { GitError } from '#electron/platform/git-error.ts'
import { resolveCommit } from '#electron/platform/git-repository.ts'
import type { MergePreview } from '#shared/diff.ts'
import { RefusedError } from '#shared/errors.ts'
import { checkoutsOf } from './checkout-in-the-way.ts'
import { listed, obstacleTo } from './merge-obstacle.ts'

/** The branch that results go into, as it was seen. */
export interface BaseBranch {
  repoPath: string
  name: string
  /** Its last commit, and the tree of that. */
  tip: string
  tree: string
}

/** Null when there is no branch of this name. */
export async function findBaseBranch(
  repoPath: string,
  name: string | null,
  signal: AbortSignal,
): Promise<BaseBranch | null> {
  const tip = name === null ? null : await resolveCommit(repoPath, `refs/heads/${name}`, signal)
  if (name === null || tip === null) return null
  const tree = await gitLine(['rev-parse', `${tip}^{tree}`], { cwd: repoPath, signal })
  return { repoPath, name, tip, tree }
}

type Obstacle = Extract<MergePreview, { state: 'checkout_in_the_way' | 'unavailable' }>

/** The checkout that has the branch open (null: none has), or what keeps the branch from going on to this tree. */
export async function wayTo(
  { repoPath, name, tip }: BaseBranch,
  tree: string,
  signal: AbortSignal,
): Promise<{ checkout: string | null; obstacle: Obstacle | null }> {
  const [checkout = null, other] = await checkoutsOf(repoPath, name, signal)
  if (checkout !== null && other !== undefined) {
    // It can be moved in one of them: in the other all of it would look taken back, and staged.
    const reason = `“${name}” is open in two checkouts, ${checkout} and ${other}. Switch to another branch in one of them.`
    return { checkout, obstacle: { state: 'unavailable', reason } }
  }
  const obstacle = await obstacleTo({ repoPath, baseBranch: name, checkout, base: tip, tree, signal })
  return { checkout, obstacle }
}

/**
 * Moves the branch on to a commit that follows its tip, if that is where it was seen: in the checkout that has it open by a
 * fast-forward, which never touches local changes, else by itself. Once begun it is not interrupted: half an update of a
 * person's checkout would be the worst of all. Rejects with a GitError when git does not do it; nothing has changed then.
 */
export async function advanceBranch(
  { repoPath, name, tip }: BaseBranch,
  checkout: string | null,
  to: { commit: string; reason: string },
): Promise<void> {
  const { signal } = new AbortController()
  if (checkout === null) {
    await git(['update-ref', '-m', to.reason, `refs/heads/${name}`, to.commit, tip], {
      cwd: repoPath,
      signal,
    })
    return
  }
  // Whatever a person has set for merges of this branch.
  const plainly = [
    '--ff-only',
    '--no-squash',
    '--commit',
    '--no-verify',
    '--no-autostash',
    '--no-verify-signatures',
  ]
  const env = { GIT_REFLOG_ACTION: to.reason }
  await git(['merge', ...plainly, to.commit], {
    cwd: checkout,
    signal,
    env,
    config: { 'merge.autoStash': 'false' },
  })
}

/** Why git did not move the branch, as a refusal; anything else as it is. */
export function notMoved(cause: unknown, code: string, did: string): unknown {
  if (!(cause instanceof GitError)) return cause
  const message = `${did}: ${cause.stderr.trim() || 'no reason given'} Nothing was changed.`
  return new RefusedError(code, message, {}, { cause })
}

/** Local changes are in the way of what a person wants to do. */
export function inTheWay(files: readonly string[], again: string): RefusedError {
  return new RefusedError(
    'CHECKOUT_IN_THE_WAY',
    `Your checkout has local changes in the way: ${listed(files)}. Commit or move them, then ${again}. Nothing was changed.`,
    { files },
  )
}
