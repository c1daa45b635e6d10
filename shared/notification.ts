import { z } from 'zod'
import { BoardId, ExecutionId, TaskId } from './ids.ts'

export const NotificationKind = z.enum(['needs_input', 'finished', 'failed', 'mentioned', 'due'])
export type NotificationKind = z.infer<typeof NotificationKind>

/** Something that a person should hear of, once. */
export const Notification = z.object({
  /** Grows; the newest has the highest. */
  id: z.string().regex(/^\d+$/),
  kind: NotificationKind,
  board_id: BoardId.nullable(),
  task_id: TaskId.nullable(),
  execution_id: ExecutionId.nullable(),
  title: z.string(),
  body: z.string().nullable(),
  read_at: z.coerce.date().nullable(),
  created_at: z.coerce.date(),
})
export type Notification = z.infer<typeof Notification>

const id = Notification.shape.id

/** Newest first. */
export const ListNotifications = z.strictObject({
  before: id.optional(),
  unread_only: z.boolean().default(false),
  kind: NotificationKind.optional(),
  limit: z.number().int().min(1).max(100).default(50),
})
export type ListNotifications = z.infer<typeof ListNotifications>

/** Of one call. */
export const MOST_MARKED = 1000

export const MarkNotifications = z.union([
  z.strictObject({ ids: z.array(id).min(1).max(MOST_MARKED) }),
  z.strictObject({ all: z.literal(true) }),
])
export type MarkNotifications = z.infer<typeof MarkNotifications>

/** How a person hears of one kind. */
export const NotifyChoice = z.strictObject({ inbox: z.boolean(), native: z.boolean() })
export type NotifyChoice = z.infer<typeof NotifyChoice>
