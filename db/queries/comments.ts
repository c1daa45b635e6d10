import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm'
import { Comment } from '#shared/comment.ts'
import type { CommentId, TaskId } from '#shared/ids.ts'
import { Task } from '#shared/task.ts'
import type { Db } from '../client.ts'
import { tasks } from '../schema/boards.ts'
import { comments } from '../schema/cards.ts'

const isLive = isNull(comments.deleted_at)

/** Oldest first. */
export async function listComments(db: Db, taskId: TaskId): Promise<Comment[]> {
  const rows = await db
    .select()
    .from(comments)
    .where(and(eq(comments.task_id, taskId), isLive))
    .orderBy(asc(comments.created_at), asc(comments.id))
  return rows.map((row) => Comment.parse(row))
}

/** Also one that was deleted: it can be restored. */
export async function findComment(db: Db, id: CommentId): Promise<Comment | null> {
  const [row] = await db.select().from(comments).where(eq(comments.id, id))
  return row ? Comment.parse(row) : null
}

export async function insertComment(
  tx: Db,
  values: Omit<Comment, 'edited_at' | 'updated_at'>,
): Promise<Comment> {
  const [row] = await tx.insert(comments).values(values).returning()
  return Comment.parse(row)
}

export async function updateComment(
  tx: Db,
  id: CommentId,
  values: { body: string; edited_at: Date },
): Promise<Comment | null> {
  const [row] = await tx
    .update(comments)
    .set(values)
    .where(and(eq(comments.id, id), isLive))
    .returning()
  return row ? Comment.parse(row) : null
}

/** Hides it, or shows it again; null when it is so already. */
export async function setCommentDeleted(tx: Db, id: CommentId, at: Date | null): Promise<Comment | null> {
  const [row] = await tx
    .update(comments)
    .set({ deleted_at: at })
    .where(and(eq(comments.id, id), at ? isLive : isNotNull(comments.deleted_at)))
    .returning()
  return row ? Comment.parse(row) : null
}

/** Counts the comments of a card on the card; nobody changed the card by it. */
export async function countComments(tx: Db, taskId: TaskId): Promise<Task> {
  const comment_count = await tx.$count(comments, and(eq(comments.task_id, taskId), isLive))
  const [row] = await tx.update(tasks).set({ comment_count }).where(eq(tasks.id, taskId)).returning()
  return Task.parse(row)
}
