import type { App } from '#electron/open-app.ts'
import { ExecutionId, StepId, type TaskId } from '#shared/ids.ts'

/** A run whose log is there already, or is written by the benchmark. */
export interface RecordedLog {
  id: ExecutionId
  stepId: StepId
  /** What the last line says. */
  last: string
}

/**
 * Puts a run of one step on a card, with so many events as agents leave them: thoughts, words in Markdown, tools in two
 * lines with their output, notices.
 */
export async function recordLog(
  { pool, ctx }: App,
  taskId: TaskId,
  events: number,
  status: 'completed' | 'running' = 'completed',
): Promise<RecordedLog> {
  const [id, stepId] = [ExecutionId.parse(ctx.newId()), StepId.parse(ctx.newId())]
  const last = `The last of ${events} lines.`
  await pool.query(
    `INSERT INTO executions (id, task_id, board_id, workflow_type, provider, status, current_phase, owner_id,
       lease_expires_at, started_at, last_sequence)
     SELECT $1, id, board_id, 'development', 'anthropic', $3::varchar, 'development', $4, now() + interval '1 hour', now(), $5
     FROM tasks WHERE id = $2`,
    [id, taskId, status, ctx.instanceId, events],
  )
  await pool.query(
    `INSERT INTO steps (id, execution_id, sequence, phase, iteration, status)
     VALUES ($1, $2, 1, 'development', 1, $3)`,
    [stepId, id, status],
  )
  await pool.query('UPDATE tasks SET current_execution_id = $2 WHERE id = $1', [taskId, id])
  await pool.query(
    `INSERT INTO execution_events (execution_id, step_id, sequence, head, body)
     SELECT $1, $2, n, CASE WHEN n % 5 = 4 THEN n - 1 END, CASE
       WHEN n = $3::int THEN jsonb_build_object('type', 'notice', 'level', 'info', 'text', $4::text)
       WHEN n % 5 = 0 THEN jsonb_build_object('type', 'notice', 'level', 'info', 'text', format('Notice %s of the run', n))
       WHEN n % 5 = 1 THEN jsonb_build_object('type', 'text', 'message_id', 'm' || n, 'delta',
         format(E'I read **file %s** and \`change\` it:\\n\\n- one point\\n- another point of about fifty characters', n))
       WHEN n % 5 = 2 THEN jsonb_build_object('type', 'thinking', 'message_id', 't' || n, 'delta', repeat('I think. ', 20))
       ELSE jsonb_build_object('type', 'tool', 'id', 'x' || (n - n % 5), 'name', 'run_command', 'kind', 'execute',
         'title', format('Run npm test -- %s', n - n % 5), 'paths', '[]'::jsonb,
         'status', CASE WHEN n % 5 = 3 THEN 'running' ELSE 'done' END,
         'output', CASE WHEN n % 5 = 4 THEN repeat('ok, passed  ', 30) END) END
     FROM generate_series(1, $3::int) AS n`,
    [id, stepId, events, last],
  )
  await pool.query('ANALYZE execution_events')
  return { id, stepId, last }
}
