import { aliasedTable, and, asc, eq, isNull } from 'drizzle-orm'
import type { BoardId } from '#shared/ids.ts'
import type { BoardTransition } from '#shared/transition.ts'
import type { Db } from '../client.ts'
import { columns } from '../schema/boards.ts'
import { boardTransitions } from '../schema/plans.ts'

const from = aliasedTable(columns, 'from_column')
const to = aliasedTable(columns, 'to_column')

/** The rules of a board between columns that are not in the trash. */
export function listTransitions(db: Db, boardId: BoardId): Promise<BoardTransition[]> {
  return db
    .select({
      from_column_id: boardTransitions.from_column_id,
      to_column_id: boardTransitions.to_column_id,
    })
    .from(boardTransitions)
    .innerJoin(from, and(eq(from.id, boardTransitions.from_column_id), isNull(from.deleted_at)))
    .innerJoin(to, and(eq(to.id, boardTransitions.to_column_id), isNull(to.deleted_at)))
    .where(eq(boardTransitions.board_id, boardId))
    .orderBy(asc(from.order), asc(to.order), asc(boardTransitions.id))
}

/** These in place of all that there were; those that stay keep their rows. */
export async function replaceTransitions(
  tx: Db,
  boardId: BoardId,
  wanted: readonly BoardTransition[],
): Promise<void> {
  const known = await tx.select().from(boardTransitions).where(eq(boardTransitions.board_id, boardId))
  const nameOf = (rule: BoardTransition) => `${rule.from_column_id} ${rule.to_column_id}`
  const names = new Set(wanted.map(nameOf))
  const there = new Set(known.map(nameOf))
  for (const rule of known)
    if (!names.has(nameOf(rule))) await tx.delete(boardTransitions).where(eq(boardTransitions.id, rule.id))
  const fresh = wanted.filter((rule) => !there.has(nameOf(rule)))
  if (fresh.length > 0)
    await tx.insert(boardTransitions).values(fresh.map((rule) => ({ ...rule, board_id: boardId })))
}
