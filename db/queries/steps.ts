import { and, asc, eq } from 'drizzle-orm'
import { Step } from '#shared/execution.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { steps } from '../schema/executions.ts'
import { storable } from '../storable.ts'
import { usageOf } from './executions.ts'

export type StepRow = typeof steps.$inferSelect

export function presentStep(row: StepRow): Step {
  return Step.parse({ ...row, usage: usageOf(row) })
}

/** In the order in which they ran. */
export async function listSteps(db: Db, executionId: ExecutionId): Promise<StepRow[]> {
  return db.select().from(steps).where(eq(steps.execution_id, executionId)).orderBy(asc(steps.sequence))
}

export async function insertStep(tx: Db, values: typeof steps.$inferInsert): Promise<StepRow> {
  const [row] = await tx.insert(steps).values(values).returning()
  if (!row) throw new Error('The new step was not returned')
  return row
}

export async function updateStep(
  tx: Db,
  id: StepId,
  values: Partial<typeof steps.$inferInsert>,
): Promise<StepRow | null> {
  const [row] = await tx.update(steps).set(storable(values)).where(eq(steps.id, id)).returning()
  return row ?? null
}

/** Ends the steps that are still running; a dead app could not. */
export async function endRunningSteps(
  tx: Db,
  executionId: ExecutionId,
  values: Partial<typeof steps.$inferInsert>,
): Promise<void> {
  await tx
    .update(steps)
    .set(values)
    .where(and(eq(steps.execution_id, executionId), eq(steps.status, 'running')))
}
