import { z } from 'zod'
import type { ClientMessage } from '#shared/ipc.ts'

const id = z.int().nonnegative()

const clientMessage = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), v: z.int(), build: z.string() }),
  z.object({
    t: z.literal('call'),
    id,
    kind: z.enum(['query', 'mutation']),
    path: z.string(),
    input: z.unknown(),
  }),
  z.object({
    t: z.literal('sub'),
    id,
    path: z.string(),
    input: z.unknown(),
    lastEventId: z.string().optional(),
    credit: z.int(),
  }),
  z.object({ t: z.literal('credit'), id, n: z.int() }),
  z.object({ t: z.literal('cancel'), id }),
]) satisfies z.ZodType<ClientMessage>

const clientFrame = z.array(clientMessage)

/** The messages of one frame from a window, or null when anything in it is not of the protocol. */
export function parseClientFrame(frame: unknown): ClientMessage[] | null {
  const parsed = clientFrame.safeParse(frame)
  return parsed.success ? parsed.data : null
}
