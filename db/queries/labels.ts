import { and, asc, count, eq, getTableColumns, inArray, isNull, ne, notExists, sql } from 'drizzle-orm'
import type { BoardId, LabelId, TaskId } from '#shared/ids.ts'
import { Label } from '#shared/label.ts'
import type { Db } from '../client.ts'
import { findNamed, isSameName } from '../same-name.ts'
import { tasks } from '../schema/boards.ts'
import { labels } from '../schema/cards.ts'

/** By name. */
export async function listLabels(db: Db, boardId: BoardId): Promise<Label[]> {
  const rows = await db
    .select()
    .from(labels)
    .where(eq(labels.board_id, boardId))
    .orderBy(asc(sql`lower(${labels.name})`), asc(labels.id))
  return rows.map((row) => Label.parse(row))
}

export async function findLabel(db: Db, id: LabelId): Promise<Label | null> {
  const [row] = await db.select().from(labels).where(eq(labels.id, id))
  return row ? Label.parse(row) : null
}

/** Another one that is called so, in any case. */
export async function findLabelNamed(
  db: Db,
  boardId: BoardId,
  name: string,
  except: LabelId | null,
): Promise<Label | null> {
  const rows = await db
    .select({ ...getTableColumns(labels), is_same: isSameName(labels.name, name) })
    .from(labels)
    .where(and(eq(labels.board_id, boardId), except ? ne(labels.id, except) : undefined))
  const row = findNamed(rows, name)
  return row ? Label.parse(row) : null
}

export async function countLabels(db: Db, boardId: BoardId): Promise<number> {
  const [row] = await db.select({ count: count() }).from(labels).where(eq(labels.board_id, boardId))
  return row?.count ?? 0
}

/** Those of these ids that are labels of the board. */
export async function listKnownLabels(db: Db, boardId: BoardId, ids: LabelId[]): Promise<LabelId[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select({ id: labels.id })
    .from(labels)
    .where(and(eq(labels.board_id, boardId), inArray(labels.id, ids)))
  return rows.map((row) => row.id)
}

/** Those of these ids that no card carries but ones in the trash. */
export async function listUnusedLabels(db: Db, boardId: BoardId, ids: LabelId[]): Promise<Label[]> {
  if (ids.length === 0) return []
  const carriers = db
    .select({ one: sql`1` })
    .from(tasks)
    .where(
      and(eq(tasks.board_id, boardId), isNull(tasks.deleted_at), sql`${labels.id} = any(${tasks.label_ids})`),
    )
  const rows = await db
    .select()
    .from(labels)
    .where(and(eq(labels.board_id, boardId), inArray(labels.id, ids), notExists(carriers)))
  return rows.map((row) => Label.parse(row))
}

export async function insertLabel(tx: Db, values: typeof labels.$inferInsert): Promise<Label> {
  const [row] = await tx.insert(labels).values(values).returning()
  return Label.parse(row)
}

export async function updateLabel(
  tx: Db,
  id: LabelId,
  values: { name?: string | undefined; color?: string | undefined },
): Promise<Label | null> {
  if (Object.values(values).every((value) => value === undefined)) return findLabel(tx, id)
  const [row] = await tx.update(labels).set(values).where(eq(labels.id, id)).returning()
  return row ? Label.parse(row) : null
}

/** Off all cards, those in the trash and the archive too, and away; gives the cards that had it. */
export async function removeLabel(tx: Db, boardId: BoardId, id: LabelId): Promise<TaskId[]> {
  const rows = await tx
    .update(tasks)
    .set({ label_ids: sql`array_remove(${tasks.label_ids}, ${id}::uuid)` })
    .where(and(eq(tasks.board_id, boardId), sql`${id}::uuid = any(${tasks.label_ids})`))
    .returning({ id: tasks.id })
  await tx.delete(labels).where(eq(labels.id, id))
  return rows.map((row) => row.id)
}

/** On those of these cards that are still on the board of the label; gives the ones that had it not. */
export async function putLabelOn(tx: Db, boardId: BoardId, id: LabelId, ids: TaskId[]): Promise<TaskId[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .update(tasks)
    .set({ label_ids: sql`${tasks.label_ids} || ${id}::uuid` })
    .where(
      and(
        eq(tasks.board_id, boardId),
        sql`${tasks.id} = any(${sql.param(ids)}::uuid[])`,
        sql`${id}::uuid <> all(${tasks.label_ids})`,
      ),
    )
    .returning({ id: tasks.id })
  return rows.map((row) => row.id)
}

/** Off these cards; gives all those that still carry it. */
export async function takeLabelOff(tx: Db, boardId: BoardId, id: LabelId, ids: TaskId[]): Promise<TaskId[]> {
  if (ids.length > 0) {
    await tx
      .update(tasks)
      .set({ label_ids: sql`array_remove(${tasks.label_ids}, ${id}::uuid)` })
      .where(and(eq(tasks.board_id, boardId), sql`${tasks.id} = any(${sql.param(ids)}::uuid[])`))
  }
  const rows = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.board_id, boardId), sql`${id}::uuid = any(${tasks.label_ids})`))
  return rows.map((row) => row.id)
}
