import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNotNull,
  isNull,
  lte,
  max,
  ne,
  sql,
} from 'drizzle-orm'
import type { BoardId, ColumnId, ExecutionId, TaskId } from '#shared/ids.ts'
import { type MoveTask, Task, type UpdateTask } from '#shared/task.ts'
import type { Db } from '../client.ts'
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

/** The board of a card, also of one in the trash; null when there is no such card on a live board. */
export async function findBoardOfTask(db: Db, id: TaskId): Promise<BoardId | null> {
  const [row] = await db
    .select({ board_id: tasks.board_id })
    .from(tasks)
    .innerJoin(boards, eq(boards.id, tasks.board_id))
    .where(and(eq(tasks.id, id), isNull(boards.deleted_at)))
  return row?.board_id ?? null
}

/** The highest order in use, trashed cards included, so that a restored one keeps its place. */
export async function highestTaskOrder(db: Db, columnId: ColumnId): Promise<number | null> {
  const [row] = await db
    .select({ order: max(tasks.order) })
    .from(tasks)
    .where(eq(tasks.column_id, columnId))
  return row?.order ?? null
}

export async function insertTask(
  tx: Db,
  values: Pick<Task, 'id' | 'board_id' | 'column_id' | 'number' | 'title' | 'order'> & Partial<Task>,
): Promise<Task> {
  const [row] = await tx.insert(tasks).values(values).returning()
  return Task.parse(row)
}

/** Every update makes a new version. Null when the card is gone or, with `version`, is no longer that one. */
export async function updateTask(
  tx: Db,
  id: TaskId,
  values: Omit<UpdateTask, 'id' | 'version'>,
  version?: number,
): Promise<Task | null> {
  const [row] = await tx
    .update(tasks)
    .set({ ...values, version: sql`${tasks.version} + 1` })
    .where(and(eq(tasks.id, id), isLive, version === undefined ? undefined : eq(tasks.version, version)))
    .returning()
  return row ? Task.parse(row) : null
}

/** One conditional update decides who wins a race (DESIGN, section 5). Null: gone, or another version. */
export async function moveTask(tx: Db, move: MoveTask): Promise<Task | null> {
  const [row] = await tx
    .update(tasks)
    .set({ column_id: move.column_id, order: move.order, version: sql`${tasks.version} + 1` })
    .where(and(eq(tasks.id, move.id), eq(tasks.version, move.version), isLive))
    .returning()
  return row ? Task.parse(row) : null
}

/** The orders of the two cards between which a card lies; null where there is none. Cards at its own order count. */
export async function neighbourOrders(
  tx: Db,
  task: Task,
): Promise<{ previous: number | null; next: number | null }> {
  const others = and(eq(tasks.column_id, task.column_id), isLive, ne(tasks.id, task.id))
  const order = { order: tasks.order }
  const [[previous], [next]] = await Promise.all([
    tx
      .select(order)
      .from(tasks)
      .where(and(others, lte(tasks.order, task.order)))
      .orderBy(desc(tasks.order))
      .limit(1),
    tx
      .select(order)
      .from(tasks)
      .where(and(others, gte(tasks.order, task.order)))
      .orderBy(asc(tasks.order))
      .limit(1),
  ])
  return { previous: previous?.order ?? null, next: next?.order ?? null }
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
