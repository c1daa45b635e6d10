import { and, asc, eq, gt, max, min, sql } from 'drizzle-orm'
import { BoardEvent } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { boardEvents } from '../schema/boards.ts'

export interface StoredBoardEvent {
  id: bigint
  event: BoardEvent
}

/** Events of a board after an id, oldest first, at most `limit`. */
export async function readBoardEvents(
  db: Db,
  boardId: BoardId,
  after: bigint,
  limit: number,
): Promise<StoredBoardEvent[]> {
  const rows = await db
    .select({ id: boardEvents.id, type: boardEvents.type, data: boardEvents.data })
    .from(boardEvents)
    .where(and(eq(boardEvents.board_id, boardId), gt(boardEvents.id, after)))
    .orderBy(asc(boardEvents.id))
    .limit(limit)
  return rows.map((row) => ({ id: row.id, event: BoardEvent.parse({ type: row.type, data: row.data }) }))
}

/** The id of a board's newest event; 0 when it has none. */
export async function lastBoardEventId(db: Db, boardId: BoardId): Promise<bigint> {
  const [row] = await db
    .select({ id: max(boardEvents.id) })
    .from(boardEvents)
    .where(eq(boardEvents.board_id, boardId))
  return row?.id ?? 0n
}

/** The id of a board's oldest kept event; null when it has none. */
export async function firstBoardEventId(db: Db, boardId: BoardId): Promise<bigint | null> {
  const [row] = await db
    .select({ id: min(boardEvents.id) })
    .from(boardEvents)
    .where(eq(boardEvents.board_id, boardId))
  return row?.id ?? null
}

/** Sends on commit; other connections hear `payload` on the channel (ids only: the limit is 8,000 bytes). */
export async function notify(tx: Db, channel: string, payload: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${channel}, ${payload})`)
}
