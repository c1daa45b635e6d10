import { eq, sql } from 'drizzle-orm'
import type { ExecutionId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { executions } from '../schema/executions.ts'
import type { ExecutionRow } from './executions.ts'
import type { StepFacts } from './steps.ts'

/** All that decisions about an execution depend on. */
export interface StoredState {
  row: ExecutionRow
  /** In the order in which they ran, without their texts. */
  steps: StepFacts[]
  /** How many messages of people no agent was given yet. */
  waiting: number
}

const STEPS = sql<StepFacts[]>`(
  SELECT coalesce(json_agg(json_build_object('phase', s.phase, 'iteration', s.iteration, 'node_path', s.node_path,
    'status', s.status, 'verdict', s.verdict, 'checks', s.checks,
    'changed', coalesce(jsonb_array_length(s.files_changed) > 0, false),
    'passed', s.head_commit IS NOT NULL) ORDER BY s.sequence), '[]')
  FROM steps s WHERE s.execution_id = executions.id)`

const WAITING = sql<number>`(
  SELECT count(*)::int FROM execution_messages m WHERE m.execution_id = executions.id AND m.status = 'queued')`

/** In one statement, which each connection remembers: it is read before each decision. */
export async function findStoredState(db: Db, id: ExecutionId): Promise<StoredState | null> {
  const [found] = await db
    .select({ row: executions, steps: STEPS, waiting: WAITING })
    .from(executions)
    .where(eq(executions.id, id))
    .prepare('find_stored_state')
    .execute()
  return found ?? null
}
