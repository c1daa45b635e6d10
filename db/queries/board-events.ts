import { and, asc, desc, eq, inArray, lt, max, min, type SQL, sql } from 'drizzle-orm'
import { BoardEvent } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { runNamed } from '../named-statement.ts'
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
  const rows = await runNamed(db, 'read_board_events', READ, [boardId, String(after), limit])
  return rows.map(({ id, type, data }) => ({
    id: BigInt(String(id)),
    event: BoardEvent.parse({ type, data }),
  }))
}

/** Every window asks this after every change of its board. */
const READ = 'SELECT id, type, data FROM board_events WHERE board_id = $1 AND id > $2 ORDER BY id LIMIT $3'

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

/** The boards that have events of more than so many days ago. */
export async function listBoardsWithOldEvents(db: Db, olderThanDays: number): Promise<BoardId[]> {
  const rows = await db
    .selectDistinct({ id: boardEvents.board_id })
    .from(boardEvents)
    .where(isOlderThan(olderThanDays))
  return rows.map((row) => row.id)
}

/** Removes some old events of a board that are not among its newest `kept`: who comes back after them reads it anew. */
export async function removeOldBoardEvents(
  db: Db,
  boardId: BoardId,
  { olderThanDays, kept, limit }: { olderThanDays: number; kept: number; limit: number },
): Promise<number> {
  const ofBoard = eq(boardEvents.board_id, boardId)
  const newest = db
    .select({ id: boardEvents.id })
    .from(boardEvents)
    .where(ofBoard)
    .orderBy(desc(boardEvents.id))
    .limit(kept)
    .as('newest')
  const oldestKept = db.select({ id: min(newest.id) }).from(newest)
  const some = db
    .select({ id: boardEvents.id })
    .from(boardEvents)
    .where(and(ofBoard, lt(boardEvents.id, oldestKept), isOlderThan(olderThanDays)))
    .orderBy(asc(boardEvents.id))
    .limit(limit)
  const removed = await db.delete(boardEvents).where(inArray(boardEvents.id, some))
  return removed.rowCount ?? 0
}

function isOlderThan(days: number): SQL {
  return lt(boardEvents.created_at, sql`now() - make_interval(days => ${days})`)
}
