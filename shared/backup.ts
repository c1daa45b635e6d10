import { z } from 'zod'

/** Why a backup was made: on demand, by the day, before a migration, a restore or a newer PostgreSQL replaces something. */
export const BackupKind = z.enum(['manual', 'daily', 'migration', 'restore', 'upgrade'])
export type BackupKind = z.infer<typeof BackupKind>

/** A file in the folder of backups. */
export const Backup = z.object({
  /** Its name within the folder. */
  name: z.string(),
  kind: BackupKind,
  created_at: z.date(),
  /** In bytes. */
  size: z.number().int(),
  app_version: z.string(),
  /** Rows in all tables. */
  rows: z.number().int(),
  /** Why it cannot be restored; null: it can. */
  problem: z.string().nullable(),
})
export type Backup = z.infer<typeof Backup>

export const RestoreBackup = z.strictObject({ name: z.string().regex(/^[\w-]+\.backup\.gz$/) })
export type RestoreBackup = z.infer<typeof RestoreBackup>
