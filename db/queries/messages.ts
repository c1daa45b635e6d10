import { and, asc, eq } from 'drizzle-orm'
import { ExecutionMessage } from '#shared/execution-message.ts'
import type { ExecutionId, MessageId, StepId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { executionMessages } from '../schema/agents.ts'
import { storable } from '../storable.ts'

/** In the order in which they were said. */
export async function listMessages(db: Db, executionId: ExecutionId): Promise<ExecutionMessage[]> {
  const rows = await db
    .select()
    .from(executionMessages)
    .where(eq(executionMessages.execution_id, executionId))
    .orderBy(asc(executionMessages.created_at), asc(executionMessages.id))
  return rows.map((row) => ExecutionMessage.parse(row))
}

export async function findMessage(db: Db, id: MessageId): Promise<ExecutionMessage | null> {
  const [row] = await db.select().from(executionMessages).where(eq(executionMessages.id, id))
  return row ? ExecutionMessage.parse(row) : null
}

export async function insertMessage(
  tx: Db,
  values: typeof executionMessages.$inferInsert,
): Promise<ExecutionMessage> {
  const [row] = await tx.insert(executionMessages).values(storable(values)).returning()
  return ExecutionMessage.parse(row)
}

/** Those that wait, in their order: they are this step's from now on, and nobody is given them again. */
export async function takeMessages(
  db: Db,
  executionId: ExecutionId,
  stepId: StepId,
  now: Date,
): Promise<ExecutionMessage[]> {
  const rows = await db
    .update(executionMessages)
    .set({ status: 'delivered', step_id: stepId, delivered_at: now })
    .where(and(eq(executionMessages.execution_id, executionId), eq(executionMessages.status, 'queued')))
    .returning()
  return rows
    .map((row) => ExecutionMessage.parse(row))
    .sort((a, b) => a.created_at.getTime() - b.created_at.getTime())
}

/** Null: it was delivered or withdrawn already. */
export async function withdrawMessage(tx: Db, id: MessageId): Promise<ExecutionMessage | null> {
  const [row] = await tx
    .update(executionMessages)
    .set({ status: 'withdrawn' })
    .where(and(eq(executionMessages.id, id), eq(executionMessages.status, 'queued')))
    .returning()
  return row ? ExecutionMessage.parse(row) : null
}
