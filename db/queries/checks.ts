import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import { type CheckKind, StepCheck } from '#shared/check.ts'
import type { ExecutionId, InstanceId, StepId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { stepChecks } from '../schema/agents.ts'
import { storable } from '../storable.ts'

export type CheckRow = typeof stepChecks.$inferSelect

/** Null when the project of this execution runs already. */
export async function insertCheck(db: Db, values: typeof stepChecks.$inferInsert): Promise<StepCheck | null> {
  const [row] = await db.insert(stepChecks).values(values).onConflictDoNothing().returning()
  return row ? StepCheck.parse(row) : null
}

/** How a running check ended; one that has ended already stays as it is. */
export async function endCheck(
  db: Db,
  id: string,
  values: Pick<CheckRow, 'status' | 'exit_code' | 'output' | 'duration_ms'>,
): Promise<StepCheck | null> {
  const [row] = await db
    .update(stepChecks)
    .set(storable(values))
    .where(and(eq(stepChecks.id, id), eq(stepChecks.status, 'running')))
    .returning()
  return row ? StepCheck.parse(row) : null
}

/** What a running one has printed so far. */
export async function noteOutput(db: Db, id: string, output: string): Promise<void> {
  await db
    .update(stepChecks)
    .set(storable({ output }))
    .where(and(eq(stepChecks.id, id), eq(stepChecks.status, 'running')))
}

/** In the order in which they were run. */
export async function listChecks(db: Db, executionId: ExecutionId): Promise<StepCheck[]> {
  const rows = await db
    .select()
    .from(stepChecks)
    .where(eq(stepChecks.execution_id, executionId))
    .orderBy(asc(stepChecks.created_at), asc(stepChecks.id))
  return rows.map((row) => StepCheck.parse(row))
}

export async function findRunningProject(db: Db, executionId: ExecutionId): Promise<CheckRow | null> {
  const [row] = await db
    .select()
    .from(stepChecks)
    .where(
      and(
        eq(stepChecks.execution_id, executionId),
        eq(stepChecks.kind, 'run'),
        eq(stepChecks.status, 'running'),
      ),
    )
  return row ?? null
}

/** What the checks of each step said: failed when one of them did. A step without checks, or with unfinished ones, is not there. */
export async function checkOutcomes(
  db: Db,
  executionId: ExecutionId,
): Promise<ReadonlyMap<StepId, 'passed' | 'failed'>> {
  const rows = await db
    .select({ step: stepChecks.step_id, status: stepChecks.status })
    .from(stepChecks)
    .where(
      and(
        eq(stepChecks.execution_id, executionId),
        inArray(stepChecks.kind, ['lint', 'test']),
        isNotNull(stepChecks.step_id),
      ),
    )
  const outcomes = new Map<StepId, 'passed' | 'failed'>()
  for (const { step, status } of rows) {
    if (!step || status === 'running' || status === 'cancelled') continue
    if (status !== 'passed' || !outcomes.has(step))
      outcomes.set(step, status === 'passed' ? 'passed' : 'failed')
  }
  return outcomes
}

/** All but the project itself, which a person started. */
export const STEP_CHECKS: readonly CheckKind[] = ['setup', 'lint', 'test']

/** Those of a run that has ended, or of apps that have died: nothing of them runs any more. */
export async function endRunningChecks(
  db: Db,
  of: { execution: ExecutionId; kinds: readonly CheckKind[] } | { owners: readonly InstanceId[] },
): Promise<void> {
  if ('owners' in of && of.owners.length === 0) return
  const whose =
    'execution' in of
      ? and(eq(stepChecks.execution_id, of.execution), inArray(stepChecks.kind, [...of.kinds]))
      : inArray(stepChecks.owner_id, [...of.owners])
  await db
    .update(stepChecks)
    .set({ status: 'cancelled' })
    .where(and(eq(stepChecks.status, 'running'), whose))
}
