import { aliasedTable, and, asc, count, eq, gt, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import type { Db } from '../client.ts'
import { columns, tasks } from '../schema/boards.ts'
import { taskLinks } from '../schema/cards.ts'
import { executions } from '../schema/executions.ts'
import type { ExecutionRow } from './executions.ts'
import { cardColumns } from './task-cards.ts'

const isOnBoard = and(isNull(tasks.deleted_at), isNull(tasks.archived_at), isNull(columns.deleted_at))

/** How many cards each column has; a column without cards is left out. */
export function countCards(db: Db, boardId: BoardId): Promise<{ column_id: ColumnId; count: number }[]> {
  return db
    .select({ column_id: tasks.column_id, count: count() })
    .from(tasks)
    .innerJoin(columns, eq(columns.id, tasks.column_id))
    .where(and(eq(tasks.board_id, boardId), isOnBoard))
    .groupBy(tasks.column_id)
}

/** The first cards of each column, in the order of drawing within it. */
export function listFirstCards(db: Db, boardId: BoardId, limit: number): Promise<TaskCard[]> {
  const first = db
    .select(cardColumns)
    .from(tasks)
    .where(and(eq(tasks.column_id, columns.id), isNull(tasks.deleted_at), isNull(tasks.archived_at)))
    .orderBy(asc(tasks.order), asc(tasks.created_at), asc(tasks.id))
    .limit(limit)
    .as('first')
  return db
    .select(first._.selectedFields)
    .from(columns)
    .crossJoinLateral(first)
    .where(and(eq(columns.board_id, boardId), isNull(columns.deleted_at)))
}

/** The cards of a board after a number, by their numbers. */
export function listCardsAfter(db: Db, boardId: BoardId, after: number, limit: number): Promise<TaskCard[]> {
  return db
    .select(cardColumns)
    .from(tasks)
    .innerJoin(columns, eq(columns.id, tasks.column_id))
    .where(and(eq(tasks.board_id, boardId), gt(tasks.number, after), isOnBoard))
    .orderBy(asc(tasks.number))
    .limit(limit)
}

const blocked = aliasedTable(tasks, 'blocked')

/** The cards beyond these that block one of them. */
export function listBlockingCards(db: Db, boardId: BoardId, ids: TaskId[]): Promise<TaskCard[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectDistinct(cardColumns)
    .from(tasks)
    .innerJoin(columns, eq(columns.id, tasks.column_id))
    .innerJoin(taskLinks, and(eq(taskLinks.task_id, tasks.id), eq(taskLinks.kind, 'blocks')))
    .innerJoin(blocked, eq(blocked.id, taskLinks.other_task_id))
    .where(
      and(
        eq(taskLinks.board_id, boardId),
        ne(tasks.id, blocked.id),
        inArray(blocked.id, ids),
        notInArray(tasks.id, ids),
        isOnBoard,
      ),
    )
}

/** The current executions of these cards. */
export async function listExecutionsOf(
  db: Db,
  cards: readonly Pick<TaskCard, 'current_execution_id'>[],
): Promise<ExecutionRow[]> {
  const ids = cards.flatMap(({ current_execution_id }) => current_execution_id ?? [])
  if (ids.length === 0) return []
  return db
    .select()
    .from(executions)
    .where(sql`${executions.id} = any(${sql.param(ids)}::uuid[])`)
}
