import { z } from 'zod'
import { BoardId, LinkId, TaskId } from './ids.ts'

export const LinkKind = z.enum(['blocks', 'relates', 'duplicates'])
export type LinkKind = z.infer<typeof LinkKind>

/** Says of two cards of one board: `task_id` <kind> `other_task_id`. */
export const TaskLink = z.object({
  id: LinkId,
  board_id: BoardId,
  task_id: TaskId,
  other_task_id: TaskId,
  kind: LinkKind,
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type TaskLink = z.infer<typeof TaskLink>

/** With `id`, a link that was deleted comes back under it. */
export const CreateLink = z
  .strictObject({ id: LinkId.optional(), task_id: TaskId, other_task_id: TaskId, kind: LinkKind })
  .refine((link) => link.task_id !== link.other_task_id, 'A card cannot be linked to itself.')
export type CreateLink = z.infer<typeof CreateLink>
