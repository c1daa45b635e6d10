import { z } from 'zod'
import { BoardId, ColumnId, ExecutionId, TaskId } from './ids.ts'

export const Priority = z.enum(['low', 'medium', 'high', 'urgent'])
export type Priority = z.infer<typeof Priority>

const title = z.string().trim().min(1, 'A card needs a title.').max(255, 'At most 255 characters.')
const description = z.string().max(5000, 'At most 5,000 characters.')

/** A card, as seed 1 answers it (section 4.3), with its number on the board and its latest execution. */
export const Task = z.object({
  id: TaskId,
  board_id: BoardId,
  column_id: ColumnId,
  /** Shown as KEY-number; never used again on the same board. */
  number: z.number().int(),
  title: z.string(),
  description: z.string().nullable(),
  assigned_to: z.string().nullable(),
  status: z.string(),
  priority: Priority.nullable(),
  order: z.number(),
  version: z.number().int(),
  current_execution_id: ExecutionId.nullable(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type Task = z.infer<typeof Task>

export const CreateTask = z.strictObject({
  board_id: BoardId,
  column_id: ColumnId,
  title,
  description: description.nullable().optional(),
  priority: Priority.nullable().optional(),
})
export type CreateTask = z.infer<typeof CreateTask>

/** Undefined leaves a value, null clears it. With `version`, a stale one is refused as in MoveTask. */
export const UpdateTask = z.strictObject({
  id: TaskId,
  title: title.optional(),
  description: description.nullable().optional(),
  assigned_to: z.string().max(100).nullable().optional(),
  status: z.string().min(1).max(50).optional(),
  priority: Priority.nullable().optional(),
  version: z.number().int().optional(),
})
export type UpdateTask = z.infer<typeof UpdateTask>

/** Target column, new place, and the version the mover saw (optimistic locking, seed 1 section 6.3). */
export const MoveTask = z.strictObject({
  id: TaskId,
  column_id: ColumnId,
  order: z.number(),
  version: z.number().int(),
})
export type MoveTask = z.infer<typeof MoveTask>
