import { basename } from 'node:path'
import { z } from 'zod'
import { BackupKind } from '#shared/backup.ts'
import { RefusedError } from '#shared/errors.ts'

/*
 * A backup is one gzipped text: a header, the rows of each table as COPY writes them, a footer. Header and footer are
 * JSON behind `-- `, so that the whole is also SQL that psql understands.
 */
export const COMMENT = '-- '
export const END_OF_ROWS = '\\.\n'
const FORMAT = 'agent-rangers-backup'

const count = z.number().int().min(0)

export const BackupHeader = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  app_version: z.string(),
  /** ISO time. */
  created_at: z.string(),
  kind: BackupKind,
  /** Of PostgreSQL. */
  server_version: z.string(),
  /** What was applied to the database, in that order. */
  revisions: z.array(z.object({ revision: z.string(), checksum: z.string() })).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1), rows: count })),
})
export type BackupHeader = z.infer<typeof BackupHeader>

export const BackupFooter = z.object({
  tables: z.array(z.object({ name: z.string(), rows: count, sha256: z.string() })),
  sequences: z.array(z.object({ name: z.string(), last_value: z.string(), is_called: z.boolean() })),
})
export type BackupFooter = z.infer<typeof BackupFooter>

export function newHeader(fields: Omit<BackupHeader, 'format' | 'version'>): BackupHeader {
  return { format: FORMAT, version: 1, ...fields }
}

/** How far a backup or a restore is. */
export interface BackupProgress {
  /** From `swap` on it cannot be stopped any more. */
  step: 'copy' | 'load' | 'verify' | 'swap'
  /** Tables done, of so many. */
  done: number
  total: number
}
export type OnProgress = (progress: BackupProgress) => void

export function damaged(file: string, reason: string, cause?: unknown): RefusedError {
  return new RefusedError(
    'BACKUP_DAMAGED',
    `The backup ${basename(file)} is damaged: ${reason}. Use another one. Nothing was changed.`,
    {},
    { cause },
  )
}
