import { z } from 'zod'

/** Why a backup was made: on demand, by the day, before a migration, a restore or a newer PostgreSQL replaces something. */
export const BackupKind = z.enum(['manual', 'daily', 'migration', 'restore', 'upgrade'])
export type BackupKind = z.infer<typeof BackupKind>

/** A file in the folder of backups: each was verified before it got its name. */
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
  /** With those in the trash. */
  boards: z.number().int(),
  cards: z.number().int(),
  /** Why it cannot be restored; null: it can. */
  problem: z.string().nullable(),
})
export type Backup = z.infer<typeof Backup>

/** What a window hears while a backup or a restore is under way. */
export const BackupWork = z.object({
  task: z.enum(['backup', 'restore']),
  /** A restore backs up what it replaces first. */
  stage: z.enum(['backup', 'restore']),
  step: z.enum(['copy', 'load', 'verify', 'swap']),
  /** Tables done, of so many. */
  done: z.number().int(),
  total: z.number().int(),
  can_cancel: z.boolean(),
})
export type BackupWork = z.infer<typeof BackupWork>

/** What was restored, and the backup of what it has replaced; null where nothing was backed up. */
export const Restored = z.object({ backup: Backup, before: Backup.nullable() })
export type Restored = z.infer<typeof Restored>

export const RestoreBackup = z.strictObject({
  name: z.string().regex(/^[\w-]+\.backup\.gz$/),
  /** Agents that are at work are stopped first, instead of refusing. */
  stop_agents: z.boolean().default(false),
})
export type RestoreBackup = z.infer<typeof RestoreBackup>
