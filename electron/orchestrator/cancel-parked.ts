import { findExecution } from '#db/queries/executions.ts'
import { AppError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { moveCard } from './move-card.ts'
import { type RecordContext, record } from './record.ts'

/**
 * Ends an execution that only waits for a person: nobody runs it, so whoever is asked may end it. Gives whether it was so.
 */
export async function cancelParked(ctx: RecordContext, id: ExecutionId): Promise<boolean> {
  const row = await findExecution(ctx.db, id)
  if (!row || row.owner_id !== null) return false
  try {
    await record(ctx, id, { type: 'cancel' }, moveCard)
    return true
  } catch (error) {
    // Another was faster, or somebody has just answered.
    if (error instanceof AppError) return false
    throw error
  }
}
