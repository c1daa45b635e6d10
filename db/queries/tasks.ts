import { and, asc, count, eq, getTableColumns, gt, inArray, isNull, max, min, sql } from 'drizzle-orm'
import type { BoardId, ColumnId, ExecutionId, TaskId } from '#shared/ids.ts'
import { calculateOrder, isTooTight } from '#shared/order.ts'
import { Task } from '#shared/task.ts'
import type { Db } from '../client.ts'
import { insertMany } from '../insert-many.ts'
import { boards, columns, tasks } from '../schema/boards.ts'

const isLive = isNull(tasks.deleted_at)
const isOnBoard = and(isLive, isNull(tasks.archived_at))

/** What a card tells of its row. Selected by name, so that a long list need not be parsed card by card. */
const { deleted_at: _trashed, ...taskColumns } = getTableColumns(tasks)

/** All cards of a board that are in neither the archive, the trash nor a trashed column, in the order of drawing. */
export async function listTasks(db: Db, boardId: BoardId): Promise<Task[]> {
  return db
    .select(taskColumns)
    .from(tasks)
    .innerJoin(columns, eq(columns.id, tasks.column_id))
    .where(and(eq(tasks.board_id, boardId), isOnBoard, isNull(columns.deleted_at)))
    .orderBy(asc(tasks.order), asc(tasks.created_at), asc(tasks.id))
}

export async function listTasksOfColumn(db: Db, columnId: ColumnId): Promise<Task[]> {
  const rows = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.column_id, columnId), isOnBoard))
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

/** What names these cards of a board, and whether they are in the trash. */
export async function listCards(
  db: Db,
  boardId: BoardId,
  ids: TaskId[],
): Promise<(Pick<Task, 'id' | 'number' | 'title'> & { deleted_at: Date | null })[]> {
  return db
    .select({ id: tasks.id, number: tasks.number, title: tasks.title, deleted_at: tasks.deleted_at })
    .from(tasks)
    .where(and(eq(tasks.board_id, boardId), inArray(tasks.id, ids)))
}

/** The highest order in use, trashed cards included, so that a restored one keeps its place. */
export async function highestTaskOrder(db: Db, columnId: ColumnId): Promise<number | null> {
  const [row] = await db
    .select({ order: max(tasks.order) })
    .from(tasks)
    .where(eq(tasks.column_id, columnId))
  return row?.order ?? null
}

/** An order right below a card: between it and the next one. */
export async function orderBelow(db: Db, task: Pick<Task, 'column_id' | 'order' | 'id'>): Promise<number> {
  const [row] = await db
    .select({ next: min(tasks.order) })
    .from(tasks)
    .where(and(eq(tasks.column_id, task.column_id), isOnBoard, gt(tasks.order, task.order)))
  return calculateOrder(task.order, row?.next ?? null)
}

/** The cards that are in a column now. */
export async function countTasks(db: Db, columnId: ColumnId): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(tasks)
    .where(and(eq(tasks.column_id, columnId), isOnBoard))
  return row?.count ?? 0
}

/** Whether two neighbours in a column are so close that no card fits between them any more. */
export async function hasTightPlaces(db: Db, columnId: ColumnId): Promise<boolean> {
  const gaps = db
    .select({
      gap: sql<number>`${tasks.order} - lag(${tasks.order}) over (order by ${tasks.order})`.as('gap'),
    })
    .from(tasks)
    .where(and(eq(tasks.column_id, columnId), isOnBoard))
    .as('gaps')
  const [row] = await db.select({ least: min(gaps.gap) }).from(gaps)
  return row !== undefined && row.least !== null && isTooTight(0, Number(row.least))
}

/** The items of a card's task lists; nobody changed the card by it. */
export async function setChecklist(
  tx: Db,
  id: TaskId,
  { done, total }: { done: number; total: number },
): Promise<Task> {
  const [row] = await tx
    .update(tasks)
    .set({ checklist_done: done, checklist_total: total })
    .where(eq(tasks.id, id))
    .returning()
  return Task.parse(row)
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
