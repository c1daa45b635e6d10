import { dirname } from 'node:path'
import { commitTree } from '#electron/platform/git-repository.ts'
import { snapshotTree } from '#electron/platform/git-snapshot.ts'
import { ensureLinked, headCommit, keepRef, workspaceOptions } from './workspace-git.ts'

export interface Checkpoint {
  workspace: string
  executionId: string
  /** The step's number, from 1. */
  number: number
  message: string
  signal: AbortSignal
}

/** The hidden ref of a checkpoint. */
function checkpointRef(executionId: string, number: number): string {
  return `refs/rangers/${executionId}/${number}`
}

/**
 * Keeps everything in the workspace as it is now, uncommitted and untracked files included, under
 * `refs/rangers/<execution>/<number>`. Index, branch and files stay as they are. Gives the commit.
 */
export async function checkpoint(request: Checkpoint): Promise<string> {
  const { workspace, signal } = request
  await ensureLinked(workspace, signal)
  const [tree, head] = await Promise.all([
    snapshotTree(workspace, dirname(workspace), signal),
    headCommit(workspace, signal),
  ])
  const commit = await commitTree(workspace, { tree, parents: [head], message: request.message }, signal)
  await keepCheckpoint({ ...request, commit })
  return commit
}

/** Names a commit that holds everything already. */
export async function keepCheckpoint(
  at: Pick<Checkpoint, 'workspace' | 'executionId' | 'number' | 'signal'> & { commit: string },
): Promise<void> {
  const { workspace, executionId, number, commit, signal } = at
  await keepRef(workspaceOptions(workspace, signal), checkpointRef(executionId, number), commit)
}
