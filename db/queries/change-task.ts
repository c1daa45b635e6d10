import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { Column } from '#shared/column.ts'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import { SMALLEST_GAP } from '#shared/order.ts'
import { type MoveTask, Task, type TaskFields } from '#shared/task.ts'
import type { Db } from '../client.ts'
import { runNamed } from '../named-statement.ts'
import { tasks } from '../schema/boards.ts'
import { storable } from '../storable.ts'

/** A card before and after a change. */
export interface TaskChange {
  before: Task
  after: Task
}

const { deleted_at: _trashed, ...fields } = getTableColumns(tasks)
const names = Object.keys(fields)

/** Every update makes a new version. Null when the card is gone or, with `version`, is no longer that one. */
export async function updateTask(
  tx: Db,
  id: TaskId,
  values: TaskFields,
  version?: number,
): Promise<TaskChange | null> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  const { name, text } = updateOf(given.map(([column]) => column))
  const [row] = await runNamed(tx, name, text, [id, version ?? null, ...given.map(([, value]) => value)])
  return row ? { before: Task.parse(row.was), after: Task.parse(row.task) } : null
}

interface Statement {
  name: string
  text: string
}
const updates = new Map<string, Statement>()

/** The same text each time for the same columns: a title is changed more often than a statement is worth writing. */
function updateOf(columns: string[]): Statement {
  const name = `update_task_${columns.map((column) => names.indexOf(column)).join('_')}`
  const known = updates.get(name)
  if (known) return known
  const values = columns.map((column, index) => `"${column}" = $${index + 3}, `)
  const text = `
  UPDATE tasks t SET ${values.join('')}version = t.version + 1 FROM tasks o
  WHERE t.id = $1 AND t.deleted_at IS NULL AND o.id = t.id AND ($2::integer IS NULL OR t.version = $2)
  RETURNING to_json(t) AS task, to_json(o) AS was`
  const made = { name, text }
  updates.set(name, made)
  return made
}

/** What the rules of a board say about a column that a card has come to. */
export type ReachedColumn = Pick<
  Column,
  'id' | 'name' | 'triggers_agents' | 'agent_workflow_type' | 'agent_workflow_id' | 'wip_limit'
> & {
  /** How many other cards were in it; null where no limit asks. */
  others: number | null
}

/** A card that was moved, with what the mover has to know about where it came from and to. */
export interface MovedTask {
  task: Task
  from: Pick<Column, 'id' | 'name'>
  to: ReachedColumn
  /** It lies so close to another card that no third one fits between the two. */
  is_tight: boolean
  /** By the rules for persons. */
  is_allowed: boolean
  /** It has come to an end column, and on its board a card waits for others to be done. */
  may_release: boolean
}

/**
 * One conditional update decides who wins a race (DESIGN, section 5). Null: the card is gone, archived or has another
 * version, or the column is not on its board. Whether the rules allow the move is for the caller to judge.
 */
export async function moveTask(
  tx: Db,
  { id, column_id, order, version }: MoveTask,
): Promise<MovedTask | null> {
  const [row] = await runNamed(tx, 'move_task', MOVE, [id, column_id, order, version])
  return row ? { ...Moved.parse(row.place), task: Task.parse(row.task) } : null
}

const Reached = Column.pick({
  id: true,
  name: true,
  triggers_agents: true,
  agent_workflow_type: true,
  agent_workflow_id: true,
  wip_limit: true,
}).extend({ others: z.number().int().nullable() })
const Moved = z.object({
  from: Column.pick({ id: true, name: true }),
  to: Reached,
  is_tight: z.boolean(),
  is_allowed: z.boolean(),
  may_release: z.boolean(),
})

/**
 * Neither in the trash nor in the archive, in words that no partial index answers to. A plan that a connection made while
 * the table was small is kept: with the usual words it reads all cards of all boards for the one that is named by its id.
 */
const isOnBoard = (card: string) => `num_nonnulls(${card}.deleted_at, ${card}.archived_at) = 0`

/** The column `c` of a statement, with the number of cards in it that are not `id`. */
const reached = (id: string, isAsked: string) => `
    json_build_object('id', c.id, 'name', c.name, 'triggers_agents', c.triggers_agents,
      'agent_workflow_type', c.agent_workflow_type, 'agent_workflow_id', c.agent_workflow_id, 'wip_limit', c.wip_limit,
      'others', CASE WHEN c.wip_limit > 0 AND ${isAsked} THEN (SELECT count(*) FROM tasks n
        WHERE n.column_id = c.id AND ${isOnBoard('n')} AND n.id <> ${id}) END)`

/**
 * Whether a card that is not `id` lies right beside a place; also one in the archive, which may come back. Asked for the
 * first one from there on, which only the index on column and order answers to, however small the table was when the
 * connection made its plan. Beyond 10 million the gap is less than what two orders can differ by: the same one counts.
 */
const tight = (id: string, column: string, order: string) => `coalesce((SELECT min(n."order") FROM tasks n
      WHERE n.column_id = ${column} AND n.deleted_at IS NULL AND n.id <> ${id}
        AND n."order" >= ${order}::float8 - ${SMALLEST_GAP}::float8) <= ${order}::float8 + ${SMALLEST_GAP}::float8, false)`

/** The sub-selects see the cards as they were before, without the one that moves. */
const MOVE = `
  UPDATE tasks t SET column_id = $2, "order" = $3, version = t.version + 1,
    waits_for_blockers = t.waits_for_blockers AND t.column_id = $2
  FROM tasks o, columns c, columns f
  WHERE t.id = $1 AND t.version = $4 AND ${isOnBoard('t')} AND o.id = t.id AND f.id = o.column_id
    AND c.id = $2 AND c.board_id = t.board_id AND c.deleted_at IS NULL
  RETURNING to_json(t) AS task, json_build_object(
    'from', json_build_object('id', f.id, 'name', f.name),
    'to', ${reached('$1', 'f.id <> c.id')},
    'is_allowed', f.id = c.id OR coalesce((
      SELECT bool_or(r.from_column_id = f.id AND r.to_column_id = c.id) FROM board_transitions r
      WHERE r.board_id = t.board_id AND (r.from_column_id = f.id AND r.to_column_id = c.id
        OR (SELECT bool_and(deleted_at IS NULL) FROM columns WHERE id IN (r.from_column_id, r.to_column_id)))), true),
    'may_release', f.id <> c.id AND c.is_end_column AND EXISTS (SELECT FROM tasks w
        WHERE w.board_id = t.board_id AND w.waits_for_blockers),
    'is_tight', ${tight('$1', '$2', '$3')}) AS place`

/** What a new card begins with; what is left out is empty. */
export interface NewCard extends TaskFields {
  board_id: BoardId
  column_id: ColumnId
  title: string
  checklist_done: number
  checklist_total: number
  place?: 'top' | 'bottom' | undefined
  order?: number | undefined
}

/**
 * A new card at an end of its column or at the given order, under the next number of its board, which is used up even if
 * the card is deleted later. Trashed cards count for the place, so that a restored one keeps its own. Null when the column
 * is not on the board.
 */
export async function addTask(
  tx: Db,
  id: TaskId,
  card: NewCard,
): Promise<(Pick<MovedTask, 'task' | 'is_tight'> & { to: ReachedColumn }) | null> {
  const [row] = await runNamed(tx, 'add_task', ADD, [
    id,
    card.board_id,
    card.column_id,
    card.title,
    card.description ?? null,
    card.priority ?? null,
    card.acceptance_criteria ?? null,
    card.label_ids ?? [],
    card.assigned_to ?? null,
    card.status ?? 'open',
    card.due_date ?? null,
    card.estimate ?? null,
    card.checklist_done,
    card.checklist_total,
    card.order ?? null,
    card.place ?? 'bottom',
  ])
  return row ? { ...Added.parse(row.place), task: Task.parse(row.task) } : null
}

const Added = Moved.pick({ to: true, is_tight: true })

/** Room matters only where somebody chose the order. */
const ADD = `
  WITH numbered AS (
    UPDATE boards SET next_task_number = next_task_number + 1 WHERE id = $2 RETURNING next_task_number - 1 AS number
  ), c AS (
    SELECT * FROM columns WHERE id = $3 AND board_id = $2 AND deleted_at IS NULL
  ), added AS (
    INSERT INTO tasks AS t (id, board_id, column_id, number, title, description, priority, acceptance_criteria,
      label_ids, assigned_to, status, due_date, estimate, checklist_done, checklist_total, "order")
    SELECT $1::uuid, $2::uuid, c.id, n.number, $4, $5, $6, $7, $8::uuid[], $9, $10, $11::date, $12::float8, $13::int,
      $14::int, coalesce($15::float8, CASE $16
        WHEN 'top' THEN (SELECT min("order") FROM tasks WHERE column_id = $3) - 1
        ELSE (SELECT max("order") FROM tasks WHERE column_id = $3) + 1 END, 1)
    FROM numbered n, c
    RETURNING to_json(t) AS task
  )
  SELECT t.task, json_build_object(
    'to', ${reached('$1', 'true')},
    'is_tight', $15::float8 IS NOT NULL AND ${tight('$1', '$3', '$15')}) AS place
  FROM added t, c`

/** A card as it is, wherever it is. */
export type StoredTask = Task & { deleted_at: Date | null }

/** The cards of a board with these ids, those in the trash and in the archive too. */
export async function listTasksToChange(tx: Db, boardId: BoardId, ids: TaskId[]): Promise<StoredTask[]> {
  const rows = await tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.board_id, boardId), inArray(tasks.id, ids)))
  return rows.map((row) => ({ ...Task.parse(row), deleted_at: row.deleted_at }))
}

/** Writes these columns of many cards in one statement; gives the cards as they are then, in no order. */
export async function updateTasks(
  tx: Db,
  names: readonly (keyof StoredTask)[],
  rows: readonly Partial<StoredTask>[],
): Promise<StoredTask[]> {
  const assignments = names.map((name) => sql`${sql.identifier(name)} = n.${sql.identifier(name)}`)
  const { rows: written } = await tx.execute(sql`
    update tasks t set ${sql.join(assignments, sql`, `)}
    from json_populate_recordset(null::tasks, ${JSON.stringify(storable(rows))}::json) n
    where t.id = n.id returning t.*`)
  return written.map((row) => ({ ...Task.parse(row), deleted_at: Trashed.parse(row.deleted_at) }))
}

const Trashed = z.coerce.date().nullable()
