import { and, asc, desc, eq, getTableColumns, inArray, ne, type SQL, sql } from 'drizzle-orm'
import type { PgInsertValue } from 'drizzle-orm/pg-core'
import { Step } from '#shared/execution.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { steps } from '../schema/executions.ts'
import { storable } from '../storable.ts'
import { usageOf } from './executions.ts'

export type StepRow = typeof steps.$inferSelect

export function presentStep(row: StepRow & Pick<Step, 'waits' | 'stopped_by_budget'>): Step {
  return Step.parse({ ...row, usage: usageOf(row) })
}

/**
 * A step that has failed ends its execution, and of those only a budget blocks it: how it ended then is the first such
 * line of the log after the step began.
 */
const STOPPED_BY_BUDGET = sql<boolean>`steps.status = 'failed' and coalesce('blocked' = (
  select e.body ->> 'status' from execution_events e
  where e.execution_id = steps.execution_id and e.step_id is null
    and e.sequence > (select min(b.sequence) from execution_events b
      where b.execution_id = steps.execution_id and b.step_id = steps.id)
    and e.body ->> 'type' = 'status' and e.body ->> 'status' in ('blocked', 'failed', 'cancelled', 'interrupted')
  order by e.sequence limit 1), false)`

/** In the order in which they ran. */
export async function listSteps(db: Db, executionId: ExecutionId) {
  return db
    .select({ ...getTableColumns(steps), stopped_by_budget: STOPPED_BY_BUDGET })
    .from(steps)
    .where(eq(steps.execution_id, executionId))
    .orderBy(asc(steps.sequence))
}

/** When steps of several executions were, in the order of each. */
export async function listStepTimes(db: Db, executionIds: ExecutionId[]) {
  if (executionIds.length === 0) return []
  const { id, execution_id, sequence, status, started_at, completed_at, duration_ms } = steps
  return db
    .select({ id, execution_id, sequence, status, started_at, completed_at, duration_ms })
    .from(steps)
    .where(inArray(execution_id, executionIds))
    .orderBy(asc(execution_id), asc(sequence))
}

/** What the next steps are told of those before them, without what these were asked. */
export type StepOutline = Pick<
  StepRow,
  | 'id'
  | 'phase'
  | 'iteration'
  | 'node_path'
  | 'status'
  | 'provider'
  | 'session_id'
  | 'verdict'
  | 'output_content'
>

/** In the order in which they ran. */
export async function listStepOutlines(db: Db, executionId: ExecutionId): Promise<StepOutline[]> {
  const { id, phase, iteration, node_path, status, provider, session_id, verdict, output_content } = steps
  return db
    .select({ id, phase, iteration, node_path, status, provider, session_id, verdict, output_content })
    .from(steps)
    .where(eq(steps.execution_id, executionId))
    .orderBy(asc(steps.sequence))
}

/** All that decisions depend on, without the texts. */
export type StepFacts = Pick<
  StepRow,
  'phase' | 'iteration' | 'node_path' | 'status' | 'verdict' | 'checks'
> & {
  changed: boolean
  /** The execution went on from it: the commit that it went on from is known. */
  passed: boolean
}

/** In the order in which they ran. */
export async function listStepFacts(db: Db, executionId: ExecutionId): Promise<StepFacts[]> {
  return db
    .select({
      phase: steps.phase,
      iteration: steps.iteration,
      node_path: steps.node_path,
      status: steps.status,
      verdict: steps.verdict,
      checks: steps.checks,
      changed: sql<boolean>`jsonb_array_length(${steps.files_changed}) > 0`,
      passed: sql<boolean>`${steps.head_commit} IS NOT NULL`,
    })
    .from(steps)
    .where(eq(steps.execution_id, executionId))
    .orderBy(asc(steps.sequence))
}

/** What is left of a step that was ended between its agent's answer and its own end. */
export type AnsweredStep = Pick<StepRow, 'head_commit' | 'output_content' | 'model'>

/**
 * The last step at a place of the workflow, when it was ended after its agent had answered and its work was committed;
 * null when it was ended before, or there was none.
 */
export async function findAnswered(
  db: Db,
  executionId: ExecutionId,
  path: string,
  except: StepId,
): Promise<AnsweredStep | null> {
  const { status, head_commit, output_content, model } = steps
  const [row] = await db
    .select({ status, head_commit, output_content, model })
    .from(steps)
    .where(and(eq(steps.execution_id, executionId), eq(steps.node_path, path), ne(steps.id, except)))
    .orderBy(desc(steps.sequence))
    .limit(1)
  const isAnswered = row && row.status !== 'completed' && row.status !== 'failed' && row.head_commit !== null
  return isAnswered ? row : null
}

/** The place of the next step in its execution, from 1. */
export function nextSequence(executionId: ExecutionId): SQL {
  return sql`(SELECT coalesce(max(sequence), 0) + 1 FROM steps WHERE execution_id = ${executionId})`
}

export async function insertStep(tx: Db, values: PgInsertValue<typeof steps>): Promise<StepRow> {
  const [row] = await tx.insert(steps).values(values).returning()
  if (!row) throw new Error('The new step was not returned')
  return row
}

export async function updateStep(
  tx: Db,
  id: StepId,
  values: Partial<typeof steps.$inferInsert>,
): Promise<void> {
  await tx.update(steps).set(storable(values)).where(eq(steps.id, id))
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
