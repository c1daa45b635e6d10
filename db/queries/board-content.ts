import { and, asc, eq, getTableColumns, gt, inArray, isNull } from 'drizzle-orm'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { compareByOrder } from '#shared/order.ts'
import type { Task } from '#shared/task.ts'
import type { Db } from '../client.ts'
import { insertMany } from '../insert-many.ts'
import { columns, tasks } from '../schema/boards.ts'
import { comments, labels, taskLinks } from '../schema/cards.ts'
import { users } from '../schema/ledger.ts'
import { boardTransitions, savedViews, templates } from '../schema/plans.ts'

const { deleted_at: _trashed, ...taskColumns } = getTableColumns(tasks)

/** Cards that are read at once: making objects of 10,000 would hold up all else that the app does. */
const SLICE = 500

/** All cards of a board that are neither in the trash nor in a trashed column, those of the archive too, by place. */
export async function listTasksToExport(tx: Db, boardId: BoardId): Promise<Task[]> {
  const all: Task[] = []
  for (;;) {
    const slice = await tx
      .select(taskColumns)
      .from(tasks)
      .innerJoin(columns, eq(columns.id, tasks.column_id))
      .where(
        and(
          eq(tasks.board_id, boardId),
          gt(tasks.number, all.at(-1)?.number ?? 0),
          isNull(tasks.deleted_at),
          isNull(columns.deleted_at),
        ),
      )
      .orderBy(asc(tasks.number))
      .limit(SLICE)
    all.push(...slice)
    if (slice.length < SLICE) return all.sort(compareByOrder)
  }
}

export type StoredComment = typeof comments.$inferSelect

/** What was said on these cards, of each the oldest first. */
export async function listCommentsToExport(db: Db, taskIds: readonly TaskId[]): Promise<StoredComment[]> {
  const all: StoredComment[][] = []
  for (let at = 0; at < taskIds.length; at += SLICE) {
    const slice = taskIds.slice(at, at + SLICE)
    all.push(
      await db
        .select()
        .from(comments)
        .where(and(inArray(comments.task_id, slice), isNull(comments.deleted_at)))
        .orderBy(asc(comments.created_at), asc(comments.id)),
    )
  }
  return all.flat()
}

/** Everybody who uses this database. */
export function listPeople(db: Db): Promise<{ id: string; name: string }[]> {
  return db.select({ id: users.id, name: users.name }).from(users)
}

/** What a new board is filled with, apart from columns and cards. */
export interface NewContent {
  labels: (typeof labels.$inferInsert)[]
  comments: (typeof comments.$inferInsert)[]
  links: (typeof taskLinks.$inferInsert)[]
  transitions: (typeof boardTransitions.$inferInsert)[]
  views?: (typeof savedViews.$inferInsert)[]
  templates?: (typeof templates.$inferInsert)[]
}

/** After the cards that it belongs to. */
export async function insertContent(tx: Db, content: NewContent): Promise<void> {
  await insertMany(tx, labels, content.labels)
  await insertMany(tx, boardTransitions, content.transitions)
  await insertMany(tx, taskLinks, content.links)
  await insertMany(tx, savedViews, content.views ?? [])
  await insertMany(tx, templates, content.templates ?? [])
  for (let at = 0; at < content.comments.length; at += 500)
    await insertMany(tx, comments, content.comments.slice(at, at + 500))
}
