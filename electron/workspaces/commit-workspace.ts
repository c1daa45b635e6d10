import { type GitOptions, git, gitLine } from '#electron/platform/git.ts'
import { GitError } from '#electron/platform/git-error.ts'
import { areRelated, identityConfig, isAncestor } from '#electron/platform/git-repository.ts'
import { addEverything } from '#electron/platform/git-snapshot.ts'
import { requireRoomForBranch } from './branch-in-the-way.ts'
import { despiteLeftLocks } from './left-lock.ts'
import { requireMarker, type WorkspaceMarker } from './marker.ts'
import { RepositoriesWithin } from './repositories-within.ts'
import { ensureLinked, headCommit, keepRef, workspaceOptions } from './workspace-git.ts'

export interface WorkspaceCommit {
  /** The workspace. */
  path: string
  message: string
  signal: AbortSignal
  /** The head as the caller knows it; with it, commits that an agent has made by itself count as well. */
  since?: string
}

export interface DoneCommit {
  commit: string
  files: string[]
  /** Folders of repositories that were found within for the first time, and whose files are in it; each ends with a slash. */
  repositories: string[]
}

/**
 * Commits all that is new in the workspace to its branch: under the person's name, or as "Agent Rangers" when git
 * knows none. An agent that has switched the branch or detached HEAD is put back on the branch with its files as
 * they are; commits that do not fit on the branch are kept under a hidden ref. Repositories within are written down for a
 * person to decide about. Null when nothing has changed.
 */
export function commitWorkspace(request: WorkspaceCommit): Promise<DoneCommit | null> {
  return despiteLeftLocks(request.path, request.signal, () => commitNow(request))
}

async function commitNow(request: WorkspaceCommit): Promise<DoneCommit | null> {
  const { path, signal } = request
  await ensureLinked(path, signal)
  const marker = await requireMarker(path)
  const where = workspaceOptions(path, signal)
  const before = request.since ?? (await headCommit(path, signal))
  await returnToBranch(path, marker, before, signal)

  const within = new RepositoriesWithin(path)
  await addEverything(where, (found) => within.note(found))
  const config = await identityConfig(path, signal)
  await commitStaged({ ...where, config, input: request.message })
  const commit = await headCommit(path, signal)
  if (commit === before) {
    await within.keep([])
    return null
  }
  const { stdout } = await git(
    ['diff', '--name-only', '--no-renames', '-z', '--end-of-options', before, commit],
    where,
  )
  const files = stdout.split('\0').filter(Boolean)
  return { commit, files, repositories: await within.keep(files) }
}

/** Git has one code for a commit that failed and for nothing to commit, which mostly is not so. */
async function commitStaged(options: GitOptions): Promise<void> {
  const args = ['commit', '--quiet', '--no-verify', '--allow-empty-message', '--cleanup=verbatim', '-F', '-']
  try {
    await git(args, options)
  } catch (error) {
    if (!(error instanceof GitError) || error.exitCode !== 1) throw error
    const { input: _, ...where } = options
    const staged = await git(['diff', '--cached', '--quiet', 'HEAD'], { ...where, okCodes: [1] })
    if (staged.exitCode === 1) throw error
  }
}

async function returnToBranch(
  path: string,
  { branch, execution_id, base_commit }: WorkspaceMarker,
  before: string,
  signal: AbortSignal,
): Promise<void> {
  const where = workspaceOptions(path, signal)
  const ref = `refs/heads/${branch}`
  const current = await gitLine(['symbolic-ref', '--quiet', 'HEAD'], { ...where, okCodes: [1] })
  const head = await headCommit(path, signal)
  const keep = () => keepRef(where, `refs/rangers/${execution_id}/left-${head.slice(0, 12)}`, head)
  if (current === ref) {
    if (await areRelated(path, base_commit, head, signal)) return
    // An agent has begun the branch anew, without a past: it could never be merged.
    await keep()
    await git(['update-ref', ref, before === head ? base_commit : before, head], where)
    return
  }
  const tip = await gitLine(['rev-parse', '--verify', '--quiet', ref], { ...where, okCodes: [1] })
  if (!tip || (await isAncestor(path, tip, head, signal))) {
    if (!tip) await requireRoomForBranch(where, branch)
    await git(['update-ref', ref, head, tip || '0'.repeat(head.length)], where)
  } else await keep()
  await git(['symbolic-ref', 'HEAD', ref], where) // moves neither index nor files
}
