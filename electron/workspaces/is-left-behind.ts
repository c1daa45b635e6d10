import { isAncestor } from '#electron/platform/git-repository.ts'
import type { WorkspaceMarker } from './marker.ts'
import { headCommit } from './workspace-git.ts'

/**
 * Whether the execution has gone on elsewhere since this worktree was left: it is of another clone, or its work is older
 * than `finished`, a commit of the clone `repo`. One that was changed by hand, or that git cannot read, is not.
 */
export async function isLeftBehind(
  path: string,
  marker: WorkspaceMarker,
  { repo, finished }: { repo: string; finished: string },
  signal: AbortSignal,
): Promise<boolean> {
  if (marker.kind !== 'worktree' || marker.git_directory === null) return false
  if (marker.project_path !== repo) return true
  const head = await headCommit(path, signal).catch(() => null)
  signal.throwIfAborted()
  return head !== null && head !== finished && isAncestor(repo, head, finished, signal)
}
