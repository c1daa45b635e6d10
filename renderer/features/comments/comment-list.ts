import type { BoardMessage } from '#shared/board-event.ts'
import type { Comment } from '#shared/comment.ts'
import type { CommentId, TaskId } from '#shared/ids.ts'

/** The comments of a card after something has happened on its board; the same list when that is of no concern. */
export function withMessage(
  comments: readonly Comment[],
  taskId: TaskId,
  message: BoardMessage,
): readonly Comment[] {
  switch (message.type) {
    case 'comment_created':
    case 'comment_updated':
      return message.data.task_id === taskId ? withComment(comments, message.data) : comments
    case 'comment_deleted':
      return withoutComment(comments, message.data.id)
    default:
      return comments
  }
}

/** Oldest first; one that is known already is not put back to an older state. */
export function withComment(comments: readonly Comment[], comment: Comment): readonly Comment[] {
  const known = comments.find(({ id }) => id === comment.id)
  if (known && known.updated_at > comment.updated_at) return comments
  return [...comments.filter(({ id }) => id !== comment.id), comment].sort(byAge)
}

export function withoutComment(comments: readonly Comment[], id: CommentId): readonly Comment[] {
  return comments.some((one) => one.id === id) ? comments.filter((one) => one.id !== id) : comments
}

function byAge(a: Comment, b: Comment): number {
  return a.created_at.getTime() - b.created_at.getTime() || (a.id < b.id ? -1 : 1)
}
