import { keepRef, workspaceOptions } from './workspace-git.ts'

export interface Checkpoint {
  workspace: string
  executionId: string
  /** The step's number, from 1. */
  number: number
  /** Holds all that the step has left. */
  commit: string
  signal: AbortSignal
}

/** Keeps what a step has left, whatever becomes of the branch, under `refs/rangers/<execution>/<number>`. */
export async function keepCheckpoint(checkpoint: Checkpoint): Promise<void> {
  const { workspace, executionId, number, commit, signal } = checkpoint
  await keepRef(workspaceOptions(workspace, signal), `refs/rangers/${executionId}/${number}`, commit)
}
