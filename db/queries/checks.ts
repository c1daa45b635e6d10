import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import { type CheckKind, StepCheck } from '#shared/check.ts'
import type { ExecutionId, InstanceId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { stepChecks } from '../schema/agents.ts'
import { executions } from '../schema/executions.ts'
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

/** How a command judged a commit before agents began to work on it, in whatever execution. */
export async function findBaseline(
  db: Db,
  baseCommit: string,
  { kind, command }: Pick<StepCheck, 'kind' | 'command'>,
): Promise<StepCheck | null> {
  const [row] = await db
    .select({ check: stepChecks })
    .from(stepChecks)
    .innerJoin(executions, eq(executions.id, stepChecks.execution_id))
    .where(
      and(
        eq(executions.base_commit, baseCommit),
        isNull(stepChecks.step_id),
        eq(stepChecks.kind, kind),
        eq(stepChecks.command, command),
        inArray(stepChecks.status, ['passed', 'failed', 'timed_out']),
      ),
    )
    .orderBy(desc(stepChecks.created_at))
    .limit(1)
  return row ? StepCheck.parse(row.check) : null
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
