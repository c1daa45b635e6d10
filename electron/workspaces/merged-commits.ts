import { git } from '#electron/platform/git.ts'
import { isAncestor, resolveCommit } from '#electron/platform/git-repository.ts'

/** Commits that follow each other on a branch: `before` is the state without them, `last` the state with them. */
export interface MergedRange {
  before: string
  last: string
  commits: number
}

interface Merged {
  repoPath: string
  executionId: string
  /** The tip of the branch that the work was merged into. */
  tip: string
  /** Where the work began. */
  baseCommit: string
  /** Its last commit. */
  head: string
  signal: AbortSignal
}

interface Commit {
  id: string
  parents: string[]
}

/**
 * How a result came into a branch, newest first: by one merge commit, by a fast-forward, or squashed or rebased by hand,
 * which is seen by the trailer that our commits carry. Empty when it is not to be found there.
 */
export async function mergedRanges(merged: Merged): Promise<MergedRange[]> {
  const { repoPath, baseCommit, head, tip, signal } = merged
  if (head === baseCommit) return []
  if (!(await resolveCommit(repoPath, baseCommit, signal))) return []
  const line = await firstParents(merged, [`${baseCommit}..${tip}`])
  const forwarded = line.findIndex(({ id }) => id === head)
  if (forwarded >= 0) {
    const work = line.slice(forwarded)
    // Merged into by hand, it holds what others have made.
    return work.some(({ parents }) => parents.length > 1) ? [] : ranges(work)
  }
  const direct = line.find(({ parents }) => parents.slice(1).includes(head))
  if (direct) return ranges([direct])
  const trailer = `Agent-Rangers-Execution: ${merged.executionId}`
  const marked = await firstParents(merged, ['--fixed-strings', `--grep=${trailer}`, `${baseCommit}..${tip}`])
  if (marked.length > 0) return (await areOfThisAlone(merged, marked)) ? ranges(marked) : []
  const merge = await mergeOf(merged)
  return merge ? ranges([merge]) : []
}

/** A commit that was squashed of several results takes them all along. */
async function areOfThisAlone(
  { repoPath, executionId, signal }: Merged,
  commits: readonly Commit[],
): Promise<boolean> {
  const ids = commits.map(({ id }) => id)
  const { stdout } = await git(['show', '--no-patch', '--format=%B', ...ids, '--'], { cwd: repoPath, signal })
  return [...stdout.matchAll(/Agent-Rangers-Execution: *(\S+)/g)].every(([, id]) => id === executionId)
}

/** Newest first. */
function firstParents(merged: Merged, which: readonly string[]): Promise<Commit[]> {
  return listCommits(merged, ['--first-parent', ...which])
}

async function listCommits({ repoPath, signal }: Merged, which: readonly string[]): Promise<Commit[]> {
  const args = ['rev-list', '--no-commit-header', '--format=%H %P', ...which, '--']
  const { stdout } = await git(args, { cwd: repoPath, signal })
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((text) => {
      const [id = '', ...parents] = text.split(' ')
      return { id, parents: parents.filter(Boolean) }
    })
}

/** The innermost merge that brought the last commit of the work, or null: one further out may have brought others' along. */
async function mergeOf(merged: Merged): Promise<Commit | null> {
  const { repoPath, head, tip, signal } = merged
  if (!(await isAncestor(repoPath, head, tip, signal))) return null
  const inside = ['--merges', '--ancestry-path', '--topo-order', '--reverse', `${head}..${tip}`]
  for (const commit of await listCommits(merged, inside)) {
    const [first = ''] = commit.parents
    if (!(await isAncestor(repoPath, head, first, signal))) return commit
  }
  return null
}

/** Neighbours are taken together: what one of them changes of another is no conflict. */
function ranges(commits: readonly Commit[]): MergedRange[] {
  const found: MergedRange[] = []
  for (const { id, parents } of commits) {
    const [before] = parents
    if (before === undefined) continue
    const newer = found.at(-1)
    if (newer?.before === id) Object.assign(newer, { before, commits: newer.commits + 1 })
    else found.push({ before, last: id, commits: 1 })
  }
  return found
}
