import pg from 'pg'
import { v7 as newId } from 'uuid'
import { openEventLog } from '#electron/orchestrator/event-log.ts'
import type { ExecutionStatus, Phase } from '#shared/execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import { ExecutionId, StepId, type TaskId } from '#shared/ids.ts'
import type { TestApp } from './test-app.ts'

/** A run on a card whose log is written by a test instead of agents. */
export interface RecordedRun {
  id: ExecutionId
  stepId: StepId
  write(...bodies: ExecutionEventBody[]): Promise<void>
}

/** Puts a run of one step on a card; nothing works on it. */
export async function recordRun(
  app: Pick<TestApp, 'ctx' | 'connection'>,
  taskId: TaskId,
  { status = 'completed' as ExecutionStatus, phase = 'development' as Phase, secrets = [] as string[] } = {},
): Promise<RecordedRun> {
  const [id, stepId] = [ExecutionId.parse(newId()), StepId.parse(newId())]
  const client = new pg.Client(app.connection)
  await client.connect()
  try {
    await client.query(
      `INSERT INTO executions (id, task_id, board_id, workflow_type, provider, status, current_phase, owner_id,
         lease_expires_at, started_at)
       SELECT $1, id, board_id, 'development', 'scripted', $3, $4, $5, now() + interval '1 hour', now()
       FROM tasks WHERE id = $2`,
      [id, taskId, status, phase, app.ctx.instanceId],
    )
    await client.query(
      `INSERT INTO steps (id, execution_id, sequence, phase, iteration, status) VALUES ($1, $2, 1, $3, 1, 'running')`,
      [stepId, id, phase],
    )
    await client.query('UPDATE tasks SET current_execution_id = $2 WHERE id = $1', [taskId, id])
  } finally {
    await client.end()
  }
  return {
    id,
    stepId,
    async write(...bodies) {
      const signal = new AbortController().signal
      const log = openEventLog(app.ctx, { executionId: id, stepId, secrets, signal })
      for (const body of bodies) log.write(body)
      await log.close()
    },
  }
}
