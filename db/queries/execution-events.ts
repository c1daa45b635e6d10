import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { ExecutionEvent, type ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { executionEvents, executions } from '../schema/executions.ts'
import { storable } from '../storable.ts'

/**
 * Appends lines in one statement each way; numbers continue from the execution's last one. The update of the
 * execution's row comes first and makes writers queue, so numbers commit in their order.
 */
export async function appendExecutionEvents(
  tx: Db,
  executionId: ExecutionId,
  stepId: StepId | null,
  bodies: readonly { body: ExecutionEventBody; created_at: Date }[],
): Promise<number> {
  const [row] = await tx
    .update(executions)
    .set({ last_sequence: sql`${executions.last_sequence} + ${bodies.length}` })
    .where(eq(executions.id, executionId))
    .returning({ last: executions.last_sequence })
  if (!row) throw new Error(`Execution ${executionId} is not there any more`)
  const first = row.last - bodies.length + 1
  await tx.insert(executionEvents).values(
    bodies.map((line, index) => ({
      execution_id: executionId,
      step_id: stepId,
      sequence: first + index,
      ...storable(line),
    })),
  )
  return row.last
}

/** Lines after a sequence number, oldest first, at most `limit`. */
export async function readExecutionEvents(
  db: Db,
  executionId: ExecutionId,
  after: number,
  limit: number,
): Promise<ExecutionEvent[]> {
  const rows = await db
    .select()
    .from(executionEvents)
    .where(and(eq(executionEvents.execution_id, executionId), gt(executionEvents.sequence, after)))
    .orderBy(asc(executionEvents.sequence))
    .limit(limit)
  return rows.map((row) => ExecutionEvent.parse(row))
}
