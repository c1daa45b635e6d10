import { type GitOptions, gitLine } from '#electron/platform/git.ts'
import { currentBranch } from '#electron/platform/git-repository.ts'
import { readMarker, writeMarker } from './marker.ts'

/** As many as a person looks through. */
const MOST = 50

/**
 * The branches that work could go into when the one that it began from is gone: first those that have the commit it began
 * from, as the same branch under a new name has, the one that is checked out before all; of each the newest first.
 */
export async function baseChoices(
  repoPath: string,
  { baseCommit, branch }: { baseCommit: string; branch?: string },
  signal: AbortSignal,
): Promise<string[]> {
  const where = { cwd: repoPath, signal }
  const [all, holding, current] = await Promise.all([
    branches(where, []),
    branches({ ...where, okCodes: [128, 129] }, [`--contains=${baseCommit}`]), // the commit may be gone too
    currentBranch(repoPath, signal),
  ])
  const first = holding.filter((name) => name === current)
  // Branches of other cards are no place for a result.
  return [...new Set([...first, ...holding, ...all])]
    .filter((name) => name !== branch && !name.startsWith('rangers/'))
    .slice(0, MOST)
}

/** What the marker of a workspace says of its base branch, as it is now. */
export async function markBaseBranch(workspace: string, baseBranch: string): Promise<void> {
  const marker = await readMarker(workspace)
  if (marker) await writeMarker(workspace, { ...marker, base_branch: baseBranch })
}

async function branches(where: GitOptions, which: readonly string[]): Promise<string[]> {
  const args = ['for-each-ref', '--sort=-committerdate', '--format=%(refname:lstrip=2)', ...which]
  return (await gitLine([...args, 'refs/heads'], where)).split('\n').filter(Boolean)
}
