import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { Column } from '#shared/column.ts'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import { type CreateTask, type MoveTask, Task, type UpdateTask } from '#shared/task.ts'
import type { Db } from '../client.ts'
import { runNamed } from '../named-statement.ts'
import { tasks } from '../schema/boards.ts'

/** A card before and after a change. */
export interface TaskChange {
  before: Task
  after: Task
}

const { deleted_at: _trashed, ...fields } = getTableColumns(tasks)
const names = Object.keys(fields)
const quoted = (table: string) => names.map((name) => `${table}."${name}"`).join(', ')
const was = alias(tasks, 'was')

/** Every update makes a new version. Null when the card is gone or, with `version`, is no longer that one. */
export async function updateTask(
  tx: Db,
  id: TaskId,
  values: Omit<UpdateTask, 'id' | 'version'>,
  version?: number,
): Promise<TaskChange | null> {
  const isThat = and(
    eq(tasks.id, id),
    isNull(tasks.deleted_at),
    version === undefined ? undefined : eq(tasks.version, version),
  )
  const [row] = await tx
    .update(tasks)
    .set({ ...values, version: sql`${tasks.version} + 1` })
    .from(was)
    .where(and(isThat, eq(was.id, tasks.id)))
    .returning({ before: getTableColumns(was), after: fields })
  return row ? { before: Task.parse(row.before), after: Task.parse(row.after) } : null
}

/** A card that was moved, with what the mover has to know about where it came from and to. */
export interface MovedTask {
  task: Task
  from: Pick<Column, 'id' | 'name'>
  to: Pick<Column, 'id' | 'name' | 'triggers_agents' | 'agent_workflow_type'>
  /** The orders between which it lies now; null where there is none. Cards at its own order count. */
  previous: number | null
  next: number | null
}

/**
 * One conditional update decides who wins a race (DESIGN, section 5). Null: the card is gone or has another version, or
 * the column is not on its board.
 */
export async function moveTask(
  tx: Db,
  { id, column_id, order, version }: MoveTask,
): Promise<MovedTask | null> {
  const [row] = await runNamed(tx, 'move_task', MOVE, [id, column_id, order, version])
  return row ? { ...Moved.parse(row), task: Task.parse(row) } : null
}

const place = z.number().nullable()
const Moved = z.object({
  from: Column.pick({ id: true, name: true }),
  to: Column.pick({ id: true, name: true, triggers_agents: true, agent_workflow_type: true }),
  previous: place,
  next: place,
})

/** The sub-selects see the cards as they were before, without the one that moves. */
const MOVE = `
  UPDATE tasks t SET column_id = $2, "order" = $3, version = t.version + 1
  FROM tasks o, columns c, columns f
  WHERE t.id = $1 AND t.version = $4 AND t.deleted_at IS NULL AND o.id = t.id AND f.id = o.column_id
    AND c.id = $2 AND c.board_id = t.board_id AND c.deleted_at IS NULL
  RETURNING ${quoted('t')},
    jsonb_build_object('id', f.id, 'name', f.name) AS from,
    jsonb_build_object('id', c.id, 'name', c.name, 'triggers_agents', c.triggers_agents,
      'agent_workflow_type', c.agent_workflow_type) AS to,
    (SELECT max(n."order") FROM tasks n
      WHERE n.column_id = $2 AND n.deleted_at IS NULL AND n.id <> $1 AND n."order" <= $3) AS previous,
    (SELECT min(n."order") FROM tasks n
      WHERE n.column_id = $2 AND n.deleted_at IS NULL AND n.id <> $1 AND n."order" >= $3) AS next`

/**
 * A new card at the bottom of its column, under the next number of its board, which is used up even if the card is
 * deleted later. Trashed cards count for the place, so that a restored one keeps its own. Null when the column is not
 * on the board.
 */
export async function appendTask(
  tx: Db,
  id: TaskId,
  values: CreateTask,
): Promise<{ task: Task; column: string } | null> {
  const { board_id, column_id, title, description = null, priority = null } = values
  const [row] = await runNamed(tx, 'append_task', APPEND, [
    id,
    board_id satisfies BoardId,
    column_id satisfies ColumnId,
    title,
    description,
    priority,
  ])
  if (!row) return null
  return { task: Task.parse(row), column: String(row.column_name) }
}

const APPEND = `
  WITH numbered AS (
    UPDATE boards SET next_task_number = next_task_number + 1 WHERE id = $2 RETURNING next_task_number - 1 AS number
  )
  INSERT INTO tasks AS t (id, board_id, column_id, number, title, description, priority, "order")
  SELECT $1::uuid, $2::uuid, c.id, n.number, $4, $5, $6,
    coalesce((SELECT max("order") FROM tasks WHERE column_id = $3) + 1, 1)
  FROM numbered n, columns c WHERE c.id = $3 AND c.board_id = $2 AND c.deleted_at IS NULL
  RETURNING ${quoted('t')}, (SELECT name FROM columns WHERE id = $3) AS column_name`
