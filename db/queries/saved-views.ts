import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { BoardId, ViewId } from '#shared/ids.ts'
import { SavedView, type UpdateView } from '#shared/saved-view.ts'
import type { Db } from '../client.ts'
import { findNamed, isSameName } from '../same-name.ts'
import { savedViews } from '../schema/plans.ts'

/** By name, whatever the case. */
export async function listViews(db: Db, boardId: BoardId): Promise<SavedView[]> {
  const rows = await db
    .select()
    .from(savedViews)
    .where(eq(savedViews.board_id, boardId))
    .orderBy(asc(sql`lower(${savedViews.name})`))
  return rows.map((row) => SavedView.parse(row))
}

export async function findBoardOfView(db: Db, id: ViewId): Promise<BoardId | null> {
  const [row] = await db
    .select({ board_id: savedViews.board_id })
    .from(savedViews)
    .where(eq(savedViews.id, id))
  return row?.board_id ?? null
}

/** Whether another view of the board is called so, whatever the case of its letters. */
export async function isViewNamed(
  db: Db,
  boardId: BoardId,
  name: string,
  except: ViewId | null,
): Promise<boolean> {
  const rows = await db
    .select({ name: savedViews.name, is_same: isSameName(savedViews.name, name) })
    .from(savedViews)
    .where(and(eq(savedViews.board_id, boardId), except ? ne(savedViews.id, except) : undefined))
  return findNamed(rows, name) !== undefined
}

export async function insertView(
  tx: Db,
  values: Pick<SavedView, 'id' | 'board_id' | 'name' | 'query' | 'author_id'>,
): Promise<SavedView> {
  const [row] = await tx.insert(savedViews).values(values).returning()
  return SavedView.parse(row)
}

export async function updateView(
  tx: Db,
  id: ViewId,
  values: Omit<UpdateView, 'id'>,
): Promise<SavedView | null> {
  // An update that sets nothing is none for drizzle; the name as it is makes it one.
  const [row] = await tx
    .update(savedViews)
    .set({ name: sql`${savedViews.name}`, ...values })
    .where(eq(savedViews.id, id))
    .returning()
  return row ? SavedView.parse(row) : null
}

export async function deleteView(tx: Db, id: ViewId): Promise<boolean> {
  const rows = await tx.delete(savedViews).where(eq(savedViews.id, id)).returning({ id: savedViews.id })
  return rows.length > 0
}
