import { z } from 'zod'

/** Both seeds' bodies in one (seed 1: status and database; seed 2: ok and version). Never an error. */
export const Health = z.object({
  status: z.enum(['healthy', 'unhealthy']),
  ok: z.boolean(),
  version: z.string(),
  database: z.enum(['connected', 'disconnected']),
  /** Seconds since this app started. */
  uptime: z.number(),
  pool: z.object({ total: z.number().int(), idle: z.number().int(), waiting: z.number().int() }),
})
export type Health = z.infer<typeof Health>

/** One line of `rangers doctor` and of the settings page. */
export const Check = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warning', 'missing']),
  found: z.string(),
  /** The next step, when something is missing. */
  fix: z.string().nullable(),
})
export type Check = z.infer<typeof Check>

/** Seed 2's second body; never an error. */
export const DatabaseHealth = z.object({
  status: z.enum(['ok', 'error']),
  /** "connected", or why it is not. */
  database: z.string(),
})
export type DatabaseHealth = z.infer<typeof DatabaseHealth>

/** Whether the database answers, as the windows are told of it. */
export const DatabaseState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('answers') }),
  z.object({
    status: z.literal('lost'),
    since: z.date(),
    /** The app's own server, which it starts again by itself. */
    is_embedded: z.boolean(),
    /** What is known of the cause, and what to do. */
    reason: z.string(),
  }),
])
export type DatabaseState = z.infer<typeof DatabaseState>

/** Whether work can begin, with what stands in its way. */
export const Readiness = z.object({ ready: z.boolean(), checks: z.array(Check) })
export type Readiness = z.infer<typeof Readiness>
