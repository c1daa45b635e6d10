import { and, asc, eq, isNotNull, isNull, max } from 'drizzle-orm'
import { Column, type UpdateColumn } from '#shared/column.ts'
import type { BoardId, ColumnId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { insertMany } from '../insert-many.ts'
import { columns } from '../schema/boards.ts'

const isLive = isNull(columns.deleted_at)

/** In the order in which they are drawn. */
export async function listColumns(db: Db, boardId: BoardId): Promise<Column[]> {
  const rows = await db
    .select()
    .from(columns)
    .where(and(eq(columns.board_id, boardId), isLive))
    .orderBy(asc(columns.order), asc(columns.created_at), asc(columns.id))
  return rows.map((row) => Column.parse(row))
}

export async function findColumn(db: Db, id: ColumnId): Promise<Column | null> {
  const [row] = await db
    .select()
    .from(columns)
    .where(and(eq(columns.id, id), isLive))
  return row ? Column.parse(row) : null
}

/** The highest order in use, trashed columns included, so that a restored one keeps its place. */
export async function highestColumnOrder(db: Db, boardId: BoardId): Promise<number | null> {
  const [row] = await db
    .select({ order: max(columns.order) })
    .from(columns)
    .where(eq(columns.board_id, boardId))
  return row?.order ?? null
}

export async function insertColumn(
  tx: Db,
  values: Pick<Column, 'id' | 'board_id' | 'name' | 'order'> & Partial<Column>,
): Promise<Column> {
  const [row] = await tx.insert(columns).values(values).returning()
  return Column.parse(row)
}

/** A column with all that it has, in the trash where it has `deleted_at`. */
export type NewColumn = typeof columns.$inferInsert

/** Those of a new board, all at once. */
export function insertColumns(tx: Db, values: NewColumn[]): Promise<void> {
  return insertMany(tx, columns, values)
}

export async function updateColumn(
  tx: Db,
  id: ColumnId,
  values: Omit<UpdateColumn, 'id'> & { order?: number },
): Promise<Column | null> {
  if (Object.values(values).every((value) => value === undefined)) return findColumn(tx, id)
  const [row] = await tx
    .update(columns)
    .set(values)
    .where(and(eq(columns.id, id), isLive))
    .returning()
  return row ? Column.parse(row) : null
}

export async function setColumnTrashed(tx: Db, id: ColumnId, at: Date | null): Promise<Column | null> {
  const [row] = await tx
    .update(columns)
    .set({ deleted_at: at })
    .where(and(eq(columns.id, id), at ? isLive : isNotNull(columns.deleted_at)))
    .returning()
  return row ? Column.parse(row) : null
}
