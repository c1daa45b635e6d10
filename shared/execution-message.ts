import { z } from 'zod'
import { ExecutionId, MessageId, StepId } from './ids.ts'

/** `queued` until a step is given it. */
export const MessageStatus = z.enum(['queued', 'delivered', 'withdrawn'])
export type MessageStatus = z.infer<typeof MessageStatus>

/** What a person says to agents at work, or to those of the next round. */
export const ExecutionMessage = z.object({
  id: MessageId,
  execution_id: ExecutionId,
  author_name: z.string(),
  body: z.string(),
  status: MessageStatus,
  step_id: StepId.nullable(),
  delivered_at: z.coerce.date().nullable(),
  created_at: z.coerce.date(),
})
export type ExecutionMessage = z.infer<typeof ExecutionMessage>

const body = z.string().trim().min(1, 'Say something.').max(20_000, 'At most 20,000 characters.')

/** To a running execution: given at its next turn or step. To a finished one: it goes on with a round for it. */
export const SendMessage = z.strictObject({ execution_id: ExecutionId, body })
export type SendMessage = z.infer<typeof SendMessage>

/** A person's review of a result. */
export const RequestChanges = z.strictObject({
  execution_id: ExecutionId,
  summary: z.string().trim().max(20_000).default(''),
  comments: z
    .array(
      z.strictObject({
        file: z.string().min(1).max(4096).nullable(),
        line: z.number().int().min(1).nullable(),
        text: body,
      }),
    )
    .max(200, 'At most 200 comments.'),
})
export type RequestChanges = z.infer<typeof RequestChanges>
