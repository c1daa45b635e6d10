import { z } from 'zod'
import { Actor } from './actor.ts'
import { BoardId, CommentId, TaskId } from './ids.ts'

const body = z.string().trim().min(1, 'Write something.').max(10_000, 'At most 10,000 characters.')

/** What somebody said on a card, in Markdown. `@Name` of a known person tells that person. */
export const Comment = z.object({
  id: CommentId,
  board_id: BoardId,
  task_id: TaskId,
  author_type: Actor.shape.type,
  author_id: z.string(),
  author_name: z.string(),
  body: z.string(),
  /** When its author last changed it; null: never. */
  edited_at: z.coerce.date().nullable(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type Comment = z.infer<typeof Comment>

export const CreateComment = z.strictObject({ task_id: TaskId, body })
export type CreateComment = z.infer<typeof CreateComment>

export const UpdateComment = z.strictObject({ id: CommentId, body })
export type UpdateComment = z.infer<typeof UpdateComment>
