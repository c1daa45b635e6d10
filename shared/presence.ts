import { z } from 'zod'
import { InstanceId, UserId } from './ids.ts'

/** Somebody else's app that has a board open, however many of its windows show it. */
export const Presence = z.object({
  user_id: UserId,
  name: z.string(),
  instance_id: InstanceId,
  since: z.coerce.date(),
})
export type Presence = z.infer<typeof Presence>
