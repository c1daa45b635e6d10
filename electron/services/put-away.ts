import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { findExecution } from '#db/queries/executions.ts'
import type { UnsettledExecution } from '#db/queries/trash.ts'
import { updateWorkspace } from '#db/queries/workspaces.ts'
import { AppError } from '#shared/errors.ts'
import { isActive } from '#shared/execution.ts'
import type { AppContext } from '../context.ts'
import { cancelParked } from '../orchestrator/cancel-parked.ts'
import { record } from '../orchestrator/record.ts'
import { readMarker } from '../workspaces/marker.ts'
import { closeMergedWorkspace, discardWorkspace } from '../workspaces/remove-workspace.ts'
import type { BoardContext } from './change-board.ts'
import { inResultQueue } from './result-queue.ts'

export type PutAwayContext = BoardContext & Pick<AppContext, 'orchestrator' | 'log'>

/**
 * Before a card goes for good: its agents end, and all that lies in their workspace is kept under a hidden ref of the
 * repository, as when a person discards a result. Gives the reason why the card cannot go yet, or null.
 */
export async function putAwayWork(
  ctx: PutAwayContext,
  execution: UnsettledExecution,
): Promise<string | null> {
  try {
    if (!(await hasEnded(ctx, execution))) return 'Agents are still at work on it. Stop them first.'
    await inResultQueue(execution.id, () => keepFiles(ctx, execution))
    return null
  } catch (error) {
    if (error instanceof AppError) return error.message
    ctx.log.error({ err: error, execution_id: execution.id }, 'a workspace was not put away')
    return 'Its workspace could not be put away. The log says why.'
  }
}

async function hasEnded(ctx: PutAwayContext, { id, status }: UnsettledExecution): Promise<boolean> {
  if (!isActive(status)) return true
  if (!(await ctx.orchestrator.cancel(id))) await cancelParked(ctx, id)
  const now = await findExecution(ctx.db, id)
  return !now || !isActive(now.status)
}

/** What is on another machine stays there as it is. Once begun it is not given up. */
async function keepFiles(
  ctx: PutAwayContext,
  { id, path: folder, resolution }: UnsettledExecution,
): Promise<void> {
  if (folder === null || !(await isHere(folder))) return
  const { signal } = new AbortController()
  const request = { root: path.dirname(folder), executionId: id, needsRepository: true, signal }
  const kept = await (resolution === 'merged' ? closeMergedWorkspace(request) : discardWorkspace(request))
  await updateWorkspace(ctx.db, id, { status: 'removed', kept_ref: kept?.ref ?? null })
  // Whoever takes the card out of the trash in this moment sees what became of the result.
  if (resolution === 'none') await record(ctx, id, { type: 'discard' })
}

async function isHere(folder: string): Promise<boolean> {
  return (await readMarker(folder)) !== null || (await lstat(folder).catch(() => null)) !== null
}
