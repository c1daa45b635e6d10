import { dirname } from 'node:path'
import { git } from '../../platform/git.ts'
import { commitTree } from '../../platform/git-repository.ts'
import { snapshotTree } from '../../platform/git-snapshot.ts'
import { gitStatus } from '../../platform/git-status.ts'
import { ensureLinked, headCommit, keepRef, workspaceOptions } from '../../workspaces/workspace-git.ts'

export interface PutBackRequest {
  workspace: string
  /** What was uncommitted before: not touched. */
  before: ReadonlySet<string>
  /** Where a copy of everything is kept first. */
  ref: string
  message: string
  signal: AbortSignal
}

export interface PutBack {
  /** Tracked files that have their committed content again. */
  restored: string[]
  /** New files and folders, which stay. */
  untracked: string[]
  ref: string
}

/** The paths of a workspace that differ from its last commit. */
export async function uncommitted(workspace: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  await ensureLinked(workspace, signal)
  return new Set((await gitStatus(workspace, signal)).map((entry) => entry.path))
}

/**
 * Gives tracked files that have changed since `before` their committed content again; a copy of all is kept under a hidden
 * ref first, so nothing is lost. Null when nothing has changed.
 */
export async function putBackChanges(request: PutBackRequest): Promise<PutBack | null> {
  const { workspace, before, ref, message, signal } = request
  await ensureLinked(workspace, signal)
  const changed = (await gitStatus(workspace, signal)).filter((entry) => !before.has(entry.path))
  const untracked = changed.flatMap(({ path, state }) => (state === 'untracked' ? [path] : []))
  const tracked = changed.flatMap(({ path, state }) => (state === 'untracked' ? [] : [path]))
  if (tracked.length === 0) return untracked.length > 0 ? { restored: [], untracked, ref } : null
  const where = workspaceOptions(workspace, signal)
  const [tree, head] = await Promise.all([
    snapshotTree(workspace, dirname(workspace), signal),
    headCommit(workspace, signal),
  ])
  await keepRef(where, ref, await commitTree(workspace, { tree, parents: [head], message }, signal))
  const names = ['--pathspec-from-file=-', '--pathspec-file-nul']
  // What was added to the index only is not in HEAD: unstaged, it is untracked.
  await git(['--literal-pathspecs', 'reset', '--quiet', ...names], { ...where, input: tracked.join('\0') })
  const inHead = await git(['--literal-pathspecs', 'ls-tree', '-r', '-z', '--name-only', 'HEAD'], where)
  const known = new Set(inHead.stdout.split('\0'))
  const restored = tracked.filter((path) => known.has(path))
  if (restored.length > 0) {
    const args = ['--literal-pathspecs', 'restore', '--source=HEAD', '--worktree', ...names]
    await git(args, { ...where, input: restored.join('\0') })
  }
  return { restored, untracked: [...untracked, ...tracked.filter((path) => !known.has(path))], ref }
}
