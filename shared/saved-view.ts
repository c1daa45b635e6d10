import { z } from 'zod'
import { BoardQuery } from './board-query.ts'
import { BoardId, ViewId } from './ids.ts'

const name = z.string().trim().min(1, 'A view needs a name.').max(100, 'At most 100 characters.')

/** What to show of a board and how, under a name; all who use the board have it. */
export const SavedView = z.object({
  id: ViewId,
  board_id: BoardId,
  /** Unique on its board, whatever the case. */
  name: z.string(),
  query: BoardQuery,
  author_id: z.string(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type SavedView = z.infer<typeof SavedView>

export const CreateView = z.strictObject({
  /** Of one that was deleted: the same again. */
  id: ViewId.optional(),
  board_id: BoardId,
  name,
  query: BoardQuery,
})
export type CreateView = z.infer<typeof CreateView>

export const UpdateView = z.strictObject({ id: ViewId, name: name.optional(), query: BoardQuery.optional() })
export type UpdateView = z.infer<typeof UpdateView>
