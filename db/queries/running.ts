import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { ACTIVE_STATUSES } from '#shared/execution.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import type { RunningExecution, WorkLine } from '#shared/running.ts'
import type { Db } from '../client.ts'
import { boards, tasks } from '../schema/boards.ts'
import { executions } from '../schema/executions.ts'
import { presentExecution, usageOf } from './executions.ts'
import { listStepTimes } from './steps.ts'
import { listWaits } from './waits.ts'

/** Everything that is at work or waits, on all boards, in the order in which it was asked for. */
export async function listRunning(db: Db): Promise<RunningExecution[]> {
  const rows = await db
    .select({
      execution: executions,
      board: { id: boards.id, key: boards.key, name: boards.name },
      task: { id: tasks.id, number: tasks.number, title: tasks.title },
    })
    .from(executions)
    .innerJoin(tasks, eq(tasks.id, executions.task_id))
    .innerJoin(boards, eq(boards.id, executions.board_id))
    .where(
      and(
        inArray(executions.status, [...ACTIVE_STATUSES]),
        isNull(tasks.deleted_at),
        isNull(boards.deleted_at),
      ),
    )
    .orderBy(asc(executions.created_at), asc(executions.id))
  const began = await listStepTimes(
    db,
    rows.map(({ execution }) => execution.id),
  )
  const waits = await listWaits(
    db,
    rows.map(({ execution }) => execution),
    began,
  )
  return rows.map((row) => ({
    ...row,
    execution: presentExecution(row.execution),
    steps: began
      .filter((step) => step.execution_id === row.execution.id)
      .map(({ id, status, started_at, duration_ms }) => ({
        status,
        started_at,
        duration_ms,
        waits: waits.ofStep(id),
      })),
    waits: waits.ofExecution(row.execution.id),
  }))
}

/** What is being done on a board right now. */
export async function listWork(db: Db, boardId: BoardId): Promise<Omit<WorkLine, 'retry'>[]> {
  const rows = await db
    .select({
      id: executions.id,
      task_id: executions.task_id,
      activity_line: executions.activity_line,
      input_tokens: executions.input_tokens,
      output_tokens: executions.output_tokens,
      cache_read_tokens: executions.cache_read_tokens,
      cache_write_tokens: executions.cache_write_tokens,
      cost_usd: executions.cost_usd,
    })
    .from(executions)
    .where(and(eq(executions.board_id, boardId), inArray(executions.status, [...ACTIVE_STATUSES])))
    .orderBy(asc(executions.id))
  return rows.map((row) => ({
    id: row.id,
    task_id: row.task_id,
    activity_line: row.activity_line,
    cost_usd: row.cost_usd,
    usage: usageOf(row),
  }))
}

/** KEY-number of a card. */
export async function findTaskKey(db: Db, id: TaskId): Promise<string | null> {
  const [row] = await db
    .select({ key: boards.key, number: tasks.number })
    .from(tasks)
    .innerJoin(boards, eq(boards.id, tasks.board_id))
    .where(eq(tasks.id, id))
  return row ? `${row.key}-${row.number}` : null
}
