import { and, desc, eq, ilike, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { BoardId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import type { Db } from '../client.ts'
import { containing } from '../like.ts'
import { tasks } from '../schema/boards.ts'
import { cardColumns } from './task-cards.ts'

interface ArchiveFilter {
  /** Part of the title, or a number. */
  text?: string | undefined
  before?: { at: Date; number: number } | undefined
  limit: number
}

/** Times as the wire has them, in milliseconds: a cursor must be as exact as the order. */
const archivedAt = sql<Date>`date_trunc('milliseconds', ${tasks.archived_at})`

/** Those archived last first. */
export function listArchivedTasks(
  db: Db,
  boardId: BoardId,
  { text, before, limit }: ArchiveFilter,
): Promise<TaskCard[]> {
  return db
    .select(cardColumns)
    .from(tasks)
    .where(
      and(
        eq(tasks.board_id, boardId),
        isNotNull(tasks.archived_at),
        isNull(tasks.deleted_at),
        text === undefined
          ? undefined
          : or(ilike(tasks.title, containing(text)), sql`${tasks.number}::text = ${numberIn(text)}`),
        before &&
          or(
            lt(archivedAt, sql`${before.at.toISOString()}::timestamptz`),
            and(
              eq(archivedAt, sql`${before.at.toISOString()}::timestamptz`),
              lt(tasks.number, before.number),
            ),
          ),
      ),
    )
    .orderBy(desc(archivedAt), desc(tasks.number))
    .limit(limit)
}

/** Of a key, such as GAR-2, its number. */
function numberIn(text: string): string {
  return text.replace(/^\p{L}\w*-(?=\d+$)/u, '')
}
