import type { Db } from '#db/client.ts'
import { findBoard } from '#db/queries/boards.ts'
import { findExecution } from '#db/queries/executions.ts'
import { findTask } from '#db/queries/tasks.ts'
import { findWorkspace } from '#db/queries/workspaces.ts'
import type { HalfMerged } from '#shared/diff.ts'
import { AppError, RefusedError } from '#shared/errors.ts'
import { ExecutionId, type ProjectId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { type BegunMerge, isUnderWay, listBegun, readBegun } from '../workspaces/begun-merge.ts'
import { interruptedMerge, isRecorded } from './interrupted-merge.ts'

type ReadContext = Pick<AppContext, 'db' | 'places' | 'config'>

/** The results of which a plain folder has only a part, as far as this computer knows. */
export async function listHalfMerged(ctx: ReadContext, signal: AbortSignal): Promise<HalfMerged[]> {
  const found: HalfMerged[] = []
  for (const id of await begunIds(ctx)) {
    const interrupted = await interruptedMerge(ctx, id, signal).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
      return null // its execution is gone
    })
    if (interrupted) found.push({ execution_id: id, direction: interrupted.direction })
  }
  return found
}

/**
 * Refuses (MERGE_INTERRUPTED) to begin from a plain folder that has only a part of a merge: agents would take the half for
 * the whole. Waits for nobody, so that a change of a board may ask: of a merge that may be under way in this app it says nothing.
 */
export async function refuseHalfMerged(
  ctx: Pick<AppContext, 'config'>,
  db: Db,
  projectId: ProjectId | null,
): Promise<void> {
  if (projectId === null) return
  for (const id of await begunIds(ctx)) {
    const workspace = await findWorkspace(db, id)
    if (workspace?.project_id !== projectId) continue
    const [begun, execution] = await Promise.all([readBegun(workspace.path), findExecution(db, id)])
    if (!begun || !execution || isRecorded(begun, execution)) continue
    if (await isBrokenOff(begun)) await refuse(db, id, begun)
  }
}

async function isBrokenOff(begun: BegunMerge): Promise<boolean> {
  return begun.is_told || (begun.owner.pid !== process.pid && !(await isUnderWay(begun)))
}

/** The same at the moment in which the folder is copied: looks at what is in it, after a merge that is under way. */
export async function requireWholeFolder(
  ctx: ReadContext,
  projectId: ProjectId,
  signal: AbortSignal,
): Promise<void> {
  for (const id of await begunIds(ctx)) {
    if ((await findWorkspace(ctx.db, id))?.project_id !== projectId) continue
    const interrupted = await interruptedMerge(ctx, id, signal)
    if (interrupted) await refuse(ctx.db, id, interrupted)
  }
}

async function refuse(
  db: Db,
  id: ExecutionId,
  { direction, folder }: Pick<HalfMerged, 'direction'> & { folder: string },
): Promise<never> {
  const execution = await findExecution(db, id)
  const [task, board] = execution
    ? await Promise.all([findTask(db, execution.task_id), findBoard(db, execution.board_id)])
    : [null, null]
  const card = task && board ? `${board.key}-${task.number}` : 'a card'
  const what = direction === 'merge' ? 'merge' : 'revert'
  throw new RefusedError(
    'MERGE_INTERRUPTED',
    `The ${what} of ${card} stopped half-way, so ${folder} has only a part of it. Open ${card}, choose “Finish ${what}…” ` +
      'or “Take back…”, and start again.',
    execution ? { task_id: execution.task_id } : {},
  )
}

async function begunIds({ config }: Pick<AppContext, 'config'>): Promise<ExecutionId[]> {
  const names = await listBegun(config.workspaceRoot)
  return names.flatMap((name) => ExecutionId.safeParse(name).data ?? [])
}
