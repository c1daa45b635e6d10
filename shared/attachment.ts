import { z } from 'zod'
import { AttachmentId, BoardId, TaskId } from './ids.ts'

export const LARGEST_ATTACHMENT = 25 * 1024 * 1024
export const LARGEST_PREVIEW = 5 * 1024 * 1024

/** A file on a card. Its bytes are on the machine that took it. */
export const Attachment = z.object({
  id: AttachmentId,
  board_id: BoardId,
  task_id: TaskId,
  /** Never a path. */
  name: z.string(),
  media_type: z.string(),
  /** In bytes. */
  size: z.number().int(),
  sha256: z.string(),
  machine: z.string(),
  author_id: z.string(),
  author_name: z.string(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type Attachment = z.infer<typeof Attachment>

export const AddAttachment = z.strictObject({
  task_id: TaskId,
  name: z.string().min(1).max(255),
  media_type: z.string().max(255),
  bytes: z
    .instanceof(Uint8Array)
    .refine((bytes) => bytes.byteLength <= LARGEST_ATTACHMENT, 'A file of at most 25 MB.'),
})
export type AddAttachment = z.infer<typeof AddAttachment>
