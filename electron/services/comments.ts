import * as queries from '#db/queries/comments.ts'
import { findTask } from '#db/queries/tasks.ts'
import { listUsers } from '#db/queries/users.ts'
import type { Comment, CreateComment, UpdateComment } from '#shared/comment.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import { CommentId, type TaskId } from '#shared/ids.ts'
import { mentionsIn } from '#shared/mentions.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'
import { notifyPeople } from './notify.ts'
import { cardActivity } from './task-activity.ts'

/** Oldest first. */
export function listComments(ctx: Pick<BoardContext, 'db'>, taskId: TaskId): Promise<Comment[]> {
  return queries.listComments(ctx.db, taskId)
}

export function createComment(ctx: BoardContext, { task_id, body }: CreateComment): Promise<Comment> {
  return changeBoard(ctx, { task: task_id }, async (work) => {
    const { type, id, name } = ctx.actor()
    const comment = await queries.insertComment(work.tx, {
      id: CommentId.parse(ctx.newId()),
      board_id: work.board.id,
      task_id,
      author_type: type,
      author_id: id ?? type,
      author_name: name,
      body,
      created_at: ctx.now(),
    })
    work.tell({ type: 'comment_created', data: comment })
    await told(work, comment, 'comment', (card) => `commented on ${card}`)
    await notifyMentioned(work, comment)
    return comment
  })
}

/** Its author alone may change it. */
export async function updateComment(ctx: BoardContext, { id, body }: UpdateComment): Promise<Comment> {
  const found = await findOwn(ctx, id)
  return changeBoard(ctx, found.board_id, async (work) => {
    const comment = await queries.updateComment(work.tx, id, { body, edited_at: ctx.now() })
    if (!comment) throw new NotFoundError('Comment', id)
    work.tell({ type: 'comment_updated', data: comment })
    await notifyMentioned(work, comment)
    return comment
  })
}

/** Its author alone may delete it; `restoreComment` undoes it. */
export async function deleteComment(ctx: BoardContext, id: CommentId): Promise<{ id: CommentId }> {
  const { board_id, task_id } = await findOwn(ctx, id)
  return changeBoard(ctx, board_id, async (work) => {
    const comment = await queries.setCommentDeleted(work.tx, id, ctx.now())
    if (!comment) throw new NotFoundError('Comment', id)
    work.tell({ type: 'comment_deleted', data: { id, task_id } })
    await told(work, comment, 'deleted', (card) => `deleted a comment on ${card}`)
    return { id }
  })
}

export async function restoreComment(ctx: BoardContext, id: CommentId): Promise<Comment> {
  const { board_id } = await findOwn(ctx, id)
  return changeBoard(ctx, board_id, async (work) => {
    const comment = await queries.setCommentDeleted(work.tx, id, null)
    if (!comment) throw new NotFoundError('Comment', id)
    work.tell({ type: 'comment_created', data: comment })
    await told(work, comment, 'restored', (card) => `restored a comment on ${card}`)
    return comment
  })
}

async function findOwn(ctx: BoardContext, id: CommentId): Promise<Comment> {
  const comment = await queries.findComment(ctx.db, id)
  if (!comment) throw new NotFoundError('Comment', id)
  if (comment.author_id !== ctx.actor().id)
    throw new RefusedError('NOT_YOURS', `Only ${comment.author_name} can change this comment.`)
  return comment
}

/** The card's count, and a line in the feed. */
async function told(
  { tx, board, tell }: BoardChange,
  { task_id }: Comment,
  type: 'comment' | 'deleted' | 'restored',
  sentence: (card: string) => string,
): Promise<void> {
  const task = await queries.countComments(tx, task_id)
  tell({ type: 'task_updated', data: task }, cardActivity(board, task, type, sentence))
}

async function notifyMentioned(work: BoardChange, comment: Comment): Promise<void> {
  if (!comment.body.includes('@')) return
  const [people, task] = [await listUsers(work.tx), await findTask(work.tx, comment.task_id)]
  if (!task) return
  const mentioned = mentionsIn(comment.body, people).filter((id) => id !== comment.author_id)
  await notifyPeople(
    work,
    mentioned.map((user_id) => ({
      user_id,
      kind: 'mentioned',
      task_id: task.id,
      execution_id: null,
      title: `${comment.author_name} mentioned you on ${work.board.key}-${task.number}`,
      body: comment.body.slice(0, 500),
      occasion: `comment:${comment.id}`,
    })),
  )
}
