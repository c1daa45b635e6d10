import { z } from 'zod'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export const LogLevel = z.enum(LOG_LEVELS)
export type LogLevel = z.infer<typeof LogLevel>

/** A line of the app's log. */
export const LogLine = z.object({
  level: LogLevel,
  /** ISO; null where the line is none of ours. */
  timestamp: z.string().nullable(),
  event: z.string(),
  message: z.string(),
  /** What belongs to the same call or run has the same. */
  correlation_id: z.string().nullable(),
  /** The whole line, as it stands in the file. */
  text: z.string(),
})
export type LogLine = z.infer<typeof LogLine>

/** How many of the last lines a viewer begins with. */
export const FollowLog = z.strictObject({ lines: z.number().int().min(0).max(10_000).default(2000) })
