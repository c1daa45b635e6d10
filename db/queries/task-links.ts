import { aliasedTable, and, asc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { BoardId, LinkId, TaskId } from '#shared/ids.ts'
import { Task } from '#shared/task.ts'
import { type LinkKind, TaskLink } from '#shared/task-link.ts'
import type { Db } from '../client.ts'
import { boards, columns, tasks } from '../schema/boards.ts'
import { taskLinks } from '../schema/cards.ts'
import { executions } from '../schema/executions.ts'

/** Oldest first; also those of cards in the trash, which may come back. */
export async function listLinks(db: Db, boardId: BoardId): Promise<TaskLink[]> {
  return db
    .select()
    .from(taskLinks)
    .where(eq(taskLinks.board_id, boardId))
    .orderBy(asc(taskLinks.created_at), asc(taskLinks.id))
}

export async function findLink(db: Db, id: LinkId): Promise<TaskLink | null> {
  const [row] = await db.select().from(taskLinks).where(eq(taskLinks.id, id))
  return row ? TaskLink.parse(row) : null
}

/** The link that already says this; "relates" is the same from either side. */
export async function findSameLink(
  db: Db,
  { task_id, other_task_id, kind }: { task_id: TaskId; other_task_id: TaskId; kind: LinkKind },
): Promise<TaskLink | null> {
  const between = (one: TaskId, other: TaskId) =>
    and(eq(taskLinks.task_id, one), eq(taskLinks.other_task_id, other))
  const places =
    kind === 'relates'
      ? or(between(task_id, other_task_id), between(other_task_id, task_id))
      : between(task_id, other_task_id)
  const [row] = await db
    .select()
    .from(taskLinks)
    .where(and(eq(taskLinks.kind, kind), places))
  return row ? TaskLink.parse(row) : null
}

export async function insertLink(tx: Db, values: typeof taskLinks.$inferInsert): Promise<TaskLink> {
  const [row] = await tx.insert(taskLinks).values(values).returning()
  return TaskLink.parse(row)
}

export async function deleteLink(tx: Db, id: LinkId): Promise<void> {
  await tx.delete(taskLinks).where(eq(taskLinks.id, id))
}

const blocker = aliasedTable(tasks, 'blocker')

/** What blocks a card, as far as it decides whether the card has to wait. */
export interface Blocker extends Pick<Task, 'id' | 'number' | 'title' | 'column_id'> {
  /** The card that it blocks. */
  blocks: TaskId
  isAway: boolean
  isMerged: boolean
  isInEndColumn: boolean
}

/** All that blocks one of these cards, done or not; in the order of their numbers. */
export async function listBlockers(db: Db, ids: TaskId[]): Promise<Blocker[]> {
  if (ids.length === 0) return []
  return db
    .select({
      blocks: taskLinks.other_task_id,
      id: blocker.id,
      number: blocker.number,
      title: blocker.title,
      column_id: blocker.column_id,
      isAway: sql<boolean>`${or(isNotNull(blocker.deleted_at), isNotNull(blocker.archived_at), isNotNull(columns.deleted_at))}`,
      isMerged: sql<boolean>`${executions.resolution} is not distinct from 'merged'`,
      isInEndColumn: columns.is_end_column,
    })
    .from(taskLinks)
    .innerJoin(blocker, eq(blocker.id, taskLinks.task_id))
    .innerJoin(columns, eq(columns.id, blocker.column_id))
    .leftJoin(executions, eq(executions.id, blocker.current_execution_id))
    .where(and(eq(taskLinks.kind, 'blocks'), inArray(taskLinks.other_task_id, ids)))
    .orderBy(asc(blocker.number))
}

const isWaiting = and(
  eq(tasks.waits_for_blockers, true),
  isNull(tasks.deleted_at),
  isNull(tasks.archived_at),
  isNull(boards.deleted_at),
)

/** The cards of a board that wait for others; none on a board in the trash. */
export async function listWaiting(db: Db, boardId: BoardId): Promise<Task[]> {
  const rows = await db
    .select({ task: tasks })
    .from(tasks)
    .innerJoin(boards, eq(boards.id, tasks.board_id))
    .where(and(eq(tasks.board_id, boardId), isWaiting))
    .orderBy(asc(tasks.number))
  return rows.map(({ task }) => Task.parse(task))
}

/** The boards on which cards wait. */
export async function listBoardsThatWait(db: Db): Promise<BoardId[]> {
  const rows = await db
    .selectDistinct({ id: tasks.board_id })
    .from(tasks)
    .innerJoin(boards, eq(boards.id, tasks.board_id))
    .where(isWaiting)
  return rows.map((row) => row.id)
}

export async function setWaiting(tx: Db, id: TaskId, waits: boolean): Promise<Task> {
  const [row] = await tx.update(tasks).set({ waits_for_blockers: waits }).where(eq(tasks.id, id)).returning()
  return Task.parse(row)
}
