import * as queries from '#db/queries/repository-changes.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { RepositoryChange } from '#shared/repository-change.ts'
import type { AppContext } from '../context.ts'
import { record } from '../orchestrator/record.ts'
import { readRemedy } from '../orchestrator/repository-remedy.ts'
import { undoRepositoryChange } from '../workspaces/undo-repository-change.ts'
import type { BoardContext } from './change-board.ts'
import { findResult } from './find-result.ts'

/** What was changed outside an execution's own branch while its agents worked, newest first. */
export function listRepositoryChanges(
  ctx: Pick<AppContext, 'db'>,
  id: ExecutionId,
): Promise<RepositoryChange[]> {
  return queries.listRepositoryChanges(ctx.db, id)
}

/** Puts one of them back as it was. Throws RefusedError when it has been changed again since, or was undone already. */
export async function undoChange(
  ctx: BoardContext & Pick<AppContext, 'config' | 'places'>,
  id: string,
  signal: AbortSignal,
): Promise<RepositoryChange> {
  const change = await queries.findRepositoryChange(ctx.db, id)
  if (!change) throw new NotFoundError('Change', id)
  if (change.undone_at) throw new RefusedError('UNDONE', `${change.name} was put back already.`)
  const { project } = await findResult(ctx, change.execution_id)
  const remedy = await readRemedy(ctx.config.dataFolder, change.execution_id, id)
  if (!remedy) {
    const sentence = 'This was found on another computer. Undo it there, where the repository is.'
    throw new RefusedError('ELSEWHERE', sentence)
  }
  await undoRepositoryChange({ repo: project.path, change, remedy, signal })
  const by = ctx.actor().name
  let undone: RepositoryChange | null = null
  await record(
    ctx,
    change.execution_id,
    async () => ({ type: 'note' }),
    async ({ work, log }) => {
      undone = await queries.markUndone(work.tx, id, ctx.now())
      const text = `${by} put ${change.kind} ${change.name} back as it was.`
      log({ type: 'notice', level: 'info', text }, change.step_id)
    },
  )
  return undone ?? change
}
