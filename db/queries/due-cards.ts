import { and, asc, eq, isNotNull, isNull, lte, notExists, notInArray, or, sql } from 'drizzle-orm'
import type { BoardId, TaskId, UserId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { boards, columns, tasks } from '../schema/boards.ts'
import { executions } from '../schema/executions.ts'
import { notifications } from '../schema/notifications.ts'

export interface DueCard {
  id: TaskId
  board_id: BoardId
  /** Of its board. */
  key: string
  number: number
  title: string
  due_date: string
}

/**
 * Cards that are due by a day, are not done, are a person's own or nobody's, and of which the person was not told for this
 * date yet..
 */
export async function listDue(db: Db, userId: UserId, today: string): Promise<DueCard[]> {
  const told = db
    .select({ one: sql`1` })
    .from(notifications)
    .where(
      and(
        eq(notifications.user_id, userId),
        eq(notifications.kind, 'due'),
        sql`${notifications.occasion} = 'due:' || ${tasks.id} || ':' || ${tasks.due_date}`,
      ),
    )
  const rows = await db
    .select({
      id: tasks.id,
      board_id: tasks.board_id,
      key: boards.key,
      number: tasks.number,
      title: tasks.title,
      due_date: tasks.due_date,
    })
    .from(tasks)
    .innerJoin(boards, eq(boards.id, tasks.board_id))
    .innerJoin(columns, eq(columns.id, tasks.column_id))
    .leftJoin(executions, eq(executions.id, tasks.current_execution_id))
    .where(
      and(
        isNotNull(tasks.due_date),
        lte(tasks.due_date, today),
        isNull(tasks.deleted_at),
        isNull(tasks.archived_at),
        isNull(columns.deleted_at),
        isNull(boards.deleted_at),
        isNull(boards.archived_at),
        eq(columns.is_end_column, false),
        notInArray(tasks.status, ['done', 'cancelled']),
        sql`${executions.resolution} is distinct from 'merged'`,
        or(isNull(tasks.assigned_to), eq(tasks.assigned_to, ''), eq(tasks.assigned_to, `person:${userId}`)),
        notExists(told),
      ),
    )
    .orderBy(asc(tasks.due_date), asc(tasks.id))
  return rows.map((row) => ({ ...row, due_date: row.due_date ?? today }))
}
