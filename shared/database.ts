import { z } from 'zod'

const count = z.number().int().min(0)

/** Which database the app uses, for the settings page; no name of a user, no password. */
export const DatabaseInfo = z.object({
  /** The app's own server, or one that DATABASE_URL names. */
  kind: z.enum(['embedded', 'server']),
  /** Of the server of DATABASE_URL; null for the app's own. */
  host: z.string().nullable(),
  name: z.string(),
  /** Of PostgreSQL. */
  version: z.string(),
  /** In bytes. */
  size: z.number().min(0),
  /** The last migration that was applied; null: none. */
  revision: z.string().nullable(),
  /** Migrations that wait to be applied. */
  pending: count,
  pool: z.object({ total: count, idle: count, waiting: count }),
  /** What a restore would replace. */
  boards: count,
  cards: count,
  /** Data folders of older PostgreSQL versions, which can be removed. */
  kept: z.array(z.string()),
})
export type DatabaseInfo = z.infer<typeof DatabaseInfo>
