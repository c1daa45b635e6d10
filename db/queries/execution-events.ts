import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { ExecutionEvent, type ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { CHANNEL } from '../listener.ts'
import { runNamed } from '../named-statement.ts'
import { executionEvents, executions } from '../schema/executions.ts'
import { storable } from '../storable.ts'
import type { ExecutionChange, ExecutionRow } from './executions.ts'

/** A line of an execution's log that is to be written. */
export interface NewLine {
  step_id: StepId | null
  body: ExecutionEventBody
  created_at: Date
}

/**
 * Changes an execution and appends lines to its log, which is one way to the server. Numbers continue from the execution's
 * last one. The update comes first and makes writers queue, so numbers commit in their order. Null: it is not there.
 */
export async function changeExecution(
  tx: Db,
  id: ExecutionId,
  values: ExecutionChange,
  lines: readonly NewLine[],
): Promise<ExecutionRow | null> {
  const last_sequence = sql`${executions.last_sequence} + ${lines.length}`
  const last = sql`(SELECT last_sequence FROM executions WHERE id = ${id})`
  const rows = lines.map((line, index) => ({
    execution_id: id,
    sequence: sql`${last} - ${lines.length - 1 - index}::int`,
    ...storable(line),
  }))
  // Sent in this order, and answered in it: the lines find their last number in what the update has left.
  const [[row]] = await Promise.all([
    tx
      .update(executions)
      .set(storable({ ...values, last_sequence }))
      .where(eq(executions.id, id))
      .returning()
      .execute(),
    rows.length > 0 && tx.insert(executionEvents).values(rows).execute(),
  ])
  return row ?? null
}

/** Lines of a step, to be written together with what they change of their execution. */
interface StoredLines {
  executionId: ExecutionId
  stepId: StepId
  lines: readonly {
    body: ExecutionEventBody
    created_at: Date
    /** The sequence of the stored line that it goes on with. */
    head: number | null
    /** Or the place among these lines of the one that it goes on with. */
    head_at: number | null
  }[]
  /** The execution's totals after them; null: unchanged. */
  usage: Record<string, number | null> | null
  /** What the step itself has used until now, and by which model; null: unchanged. */
  ofStep: Record<string, number | string | null> | null
  /** Null: unchanged. */
  activityLine: string | null
}

/** Appends lines in one statement, and wakes those who read them. Returns the sequence of the first. */
export async function storeExecutionEvents(tx: Db, stored: StoredLines): Promise<number> {
  const { executionId, stepId, lines, usage, ofStep, activityLine } = stored
  const [row] = await runNamed(tx, 'store_step_events', STORE, [
    executionId,
    stepId,
    lines.length,
    JSON.stringify(storable(lines)),
    usage ? JSON.stringify(usage) : null,
    activityLine,
    CHANNEL,
    ofStep ? JSON.stringify(ofStep) : null,
  ])
  if (!row) throw new Error(`Execution ${executionId} is not there any more`)
  return Number(row.first)
}

const STORE = `
  WITH execution AS (
    UPDATE executions SET last_sequence = last_sequence + $3::int,
      input_tokens = coalesce(($5::json ->> 'input_tokens')::int, input_tokens),
      output_tokens = coalesce(($5::json ->> 'output_tokens')::int, output_tokens),
      cache_read_tokens = coalesce(($5::json ->> 'cache_read_tokens')::int, cache_read_tokens),
      cache_write_tokens = coalesce(($5::json ->> 'cache_write_tokens')::int, cache_write_tokens),
      cost_usd = CASE WHEN $5::json IS NULL THEN cost_usd ELSE ($5::json ->> 'cost_usd')::float8 END,
      activity_line = coalesce($6::text, activity_line)
    WHERE id = $1::uuid
    RETURNING last_sequence - $3::int AS before
  ), step AS (
    UPDATE steps SET input_tokens = used.input_tokens, output_tokens = used.output_tokens,
      cache_read_tokens = used.cache_read_tokens, cache_write_tokens = used.cache_write_tokens,
      cost_usd = used.cost_usd, model = used.model
    FROM json_to_record($8::json) AS used (input_tokens int, output_tokens int, cache_read_tokens int,
      cache_write_tokens int, cost_usd float8, model text)
    WHERE $8::json IS NOT NULL AND id = $2::uuid AND status = 'running'
  ), stored AS (
    INSERT INTO execution_events (execution_id, step_id, sequence, head, body, created_at)
    SELECT $1::uuid, $2::uuid, (before + place)::int,
      coalesce((line ->> 'head')::int, before + 1 + (line ->> 'head_at')::int),
      (line -> 'body')::jsonb, (line ->> 'created_at')::timestamptz
    FROM execution, json_array_elements($4::json) WITH ORDINALITY AS l (line, place) ORDER BY place
  )
  SELECT before + 1 AS first, pg_notify($7, 'execution:' || $1::text), pg_notify($7, 'agents')
  FROM execution`

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
