import * as queries from '#db/queries/executions.ts'
import { findCard } from '#db/queries/tasks.ts'
import { AppError, NotFoundError, RefusedError } from '#shared/errors.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { type BoardChange, changeBoard } from './change-board.ts'
import { type GoOnContext, goOn } from './go-on.ts'
import { cardActivity } from './task-activity.ts'

/**
 * Stops a run until it is resumed: nothing of it runs meanwhile, its files stay as they are. Resolves when nothing of it is
 * left here; one that another app runs is paused by that one.
 */
export async function pauseExecution(ctx: GoOnContext, id: ExecutionId): Promise<ExecutionSummary> {
  const row = await find(ctx, id)
  const isHeld = row.owner_id !== null && ['pending', 'running', 'awaiting_approval'].includes(row.status)
  if (!isHeld) {
    const why = row.status === 'paused' ? 'It is paused already.' : 'No agent is at work on it.'
    throw new RefusedError('INVALID_STATE', `There is nothing to pause. ${why}`, { from: row.status })
  }
  if (!(await ctx.orchestrator.pause(id))) await askOwnerToPause(ctx, row)
  return queries.presentExecution(await find(ctx, id))
}

async function askOwnerToPause(ctx: GoOnContext, row: queries.ExecutionRow): Promise<void> {
  const ask = async ({ tx, board, note, wake }: BoardChange) => {
    await queries.updateExecution(tx, row.id, { paused_at: ctx.now() }, [
      'pending',
      'running',
      'awaiting_approval',
    ])
    wake('cancel')
    const card = await findCard(tx, row.task_id)
    if (!card) return
    const asked = cardActivity(
      board,
      card,
      'agent_interrupted',
      (name) => `asked the agents on ${name} to pause`,
    )
    note({ ...asked, task_execution_id: row.id })
  }
  await changeBoard(ctx, row.board_id, ask)
}

/** Everything that is at work or waits for room, on all boards. Gives how many were paused. */
export async function pauseAll(ctx: GoOnContext): Promise<{ count: number }> {
  const rows = await queries.listInStatus(ctx.db, ['pending', 'running'])
  const paused = await Promise.all(rows.map(({ id }) => orNot(pauseExecution(ctx, id))))
  return { count: paused.filter(Boolean).length }
}

/** Everything that is paused, on all boards, the oldest first. Gives how many go on. */
export async function resumeAll(ctx: GoOnContext): Promise<{ count: number }> {
  const rows = await queries.listInStatus(ctx.db, ['paused'])
  let count = 0
  for (const { id } of rows) if (await orNot(goOn(ctx, id, { type: 'resume' }))) count += 1
  return { count }
}

/** One that has ended meanwhile, or cannot go on, does not keep the others. */
async function orNot(work: Promise<ExecutionSummary>): Promise<ExecutionSummary | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

async function find(ctx: Pick<GoOnContext, 'db'>, id: ExecutionId): Promise<queries.ExecutionRow> {
  const row = await queries.findExecution(ctx.db, id)
  if (!row) throw new NotFoundError('Execution', id)
  return row
}
