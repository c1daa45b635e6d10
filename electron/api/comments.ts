import { z } from 'zod'
import { CreateComment, UpdateComment } from '#shared/comment.ts'
import { CommentId, TaskId } from '#shared/ids.ts'
import * as comments from '../services/comments.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: CommentId })

export const commentsRouter = router({
  list: procedure
    .input(z.strictObject({ task_id: TaskId }))
    .query(({ ctx, input }) => comments.listComments(ctx, input.task_id)),
  create: procedure.input(CreateComment).mutation(({ ctx, input }) => comments.createComment(ctx, input)),
  update: procedure.input(UpdateComment).mutation(({ ctx, input }) => comments.updateComment(ctx, input)),
  delete: procedure.input(One).mutation(({ ctx, input }) => comments.deleteComment(ctx, input.id)),
  restore: procedure.input(One).mutation(({ ctx, input }) => comments.restoreComment(ctx, input.id)),
})
