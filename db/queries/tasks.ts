import { and, asc, eq, getTableColumns, inArray, isNotNull, isNull, max, sql } from 'drizzle-orm'
import type { BoardId, ColumnId, ExecutionId, TaskId } from '#shared/ids.ts'
import { Task } from '#shared/task.ts'
import type { Db } from '../client.ts'
import { insertMany } from '../insert-many.ts'
import { boards, columns, tasks } from '../schema/boards.ts'

const isLive = isNull(tasks.deleted_at)

/** What a card tells of its row. Selected by name, so that a long list need not be parsed card by card. */
const { deleted_at: _trashed, ...taskColumns } = getTableColumns(tasks)

/** All cards of a board that are neither in the trash nor in a trashed column, in the order of drawing. */
export async function listTasks(db: Db, boardId: BoardId): Promise<Task[]> {
  return db
    .select(taskColumns)
    .from(tasks)
    .innerJoin(columns, eq(columns.id, tasks.column_id))
    .where(and(eq(tasks.board_id, boardId), isLive, isNull(columns.deleted_at)))
    .orderBy(asc(tasks.order), asc(tasks.created_at), asc(tasks.id))
}

export async function listTasksOfColumn(db: Db, columnId: ColumnId): Promise<Task[]> {
  const rows = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.column_id, columnId), isLive))
    .orderBy(asc(tasks.order), asc(tasks.created_at), asc(tasks.id))
  return rows.map((row) => Task.parse(row))
}

export async function findTask(db: Db, id: TaskId): Promise<Task | null> {
  const [row] = await db
    .select({ task: tasks })
    .from(tasks)
    .innerJoin(boards, eq(boards.id, tasks.board_id))
    .where(and(eq(tasks.id, id), isLive, isNull(boards.deleted_at)))
  return row ? Task.parse(row.task) : null
}

/** What names a card, also one in the trash. */
export async function findCard(db: Db, id: TaskId): Promise<Pick<Task, 'id' | 'number' | 'title'> | null> {
  const [row] = await db
    .select({ id: tasks.id, number: tasks.number, title: tasks.title })
    .from(tasks)
    .where(eq(tasks.id, id))
  return row ?? null
}

/** The highest order in use, trashed cards included, so that a restored one keeps its place. */
export async function highestTaskOrder(db: Db, columnId: ColumnId): Promise<number | null> {
  const [row] = await db
    .select({ order: max(tasks.order) })
    .from(tasks)
    .where(eq(tasks.column_id, columnId))
  return row?.order ?? null
}

/** A card with all that it has, in the trash where it has `deleted_at`. */
export type NewTask = typeof tasks.$inferInsert

/** Many cards of a new board, all with the same fields. */
export function insertTasks(tx: Db, values: NewTask[]): Promise<void> {
  return insertMany(tx, tasks, values)
}

/** Gives the cards the orders 1, 2, 3 … in the order of `ids`; versions stay, nobody moved them. */
export async function renumberTasks(tx: Db, ids: TaskId[]): Promise<Task[]> {
  if (ids.length === 0) return []
  const place = sql`array_position(${sql.param(ids)}::uuid[], ${tasks.id})`
  const rows = await tx.update(tasks).set({ order: place }).where(inArray(tasks.id, ids)).returning()
  return rows.map((row) => Task.parse(row)).sort((a, b) => a.order - b.order)
}

export async function setCurrentExecution(
  tx: Db,
  id: TaskId,
  executionId: ExecutionId,
): Promise<Task | null> {
  const [row] = await tx
    .update(tasks)
    .set({ current_execution_id: executionId })
    .where(eq(tasks.id, id))
    .returning()
  return row ? Task.parse(row) : null
}

export async function setTaskTrashed(tx: Db, id: TaskId, at: Date | null): Promise<Task | null> {
  const [row] = await tx
    .update(tasks)
    .set({ deleted_at: at })
    .where(and(eq(tasks.id, id), at ? isLive : isNotNull(tasks.deleted_at)))
    .returning()
  return row ? Task.parse(row) : null
}
