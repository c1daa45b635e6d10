import { RefusedError } from '#shared/errors.ts'
import type { Migration } from './migration-files.ts'

/** A row of schema_migrations. */
export interface AppliedMigration {
  revision: string
  name: string
  checksum: string
  applied_at: Date
  duration_ms: number
}

export interface MigrationState {
  applied: AppliedMigration[]
  /** Not applied yet, in order. Those below the newest applied one are late: merged from another branch. */
  pending: Migration[]
  /** Applied, but the file says something else now. */
  changed: AppliedMigration[]
  /** Applied, and unknown to this app. */
  unknown: AppliedMigration[]
}

export function compareMigrations(known: Migration[], applied: AppliedMigration[]): MigrationState {
  const files = new Map(known.map((migration) => [migration.revision, migration]))
  const done = new Set(applied.map((row) => row.revision))
  return {
    applied,
    pending: known.filter((migration) => !done.has(migration.revision)),
    changed: applied.filter((row) => {
      const file = files.get(row.revision)
      return file !== undefined && file.checksum !== row.checksum
    }),
    unknown: applied.filter((row) => !files.has(row.revision)),
  }
}

/** Throws the sentence that tells why this app must not touch the database, if there is one. */
export function refuseUnfit(known: Migration[], { unknown, changed }: MigrationState): void {
  const newest = known.at(-1)?.revision ?? '0000'
  const newer = unknown.filter((row) => row.revision > newest)
  if (newer.length > 0) {
    throw new RefusedError(
      'DATABASE_NEWER',
      `The database is newer than this app: it has ${listed(newer)}, the app knows up to ${newest}. ` +
        'Update Agent Rangers, or use another database. Nothing was changed.',
    )
  }
  if (unknown.length > 0) {
    throw new RefusedError(
      'MIGRATION_MISSING',
      `The database has ${listed(unknown)}, which this app does not contain. Use the version of Agent Rangers that applied it. Nothing was changed.`,
    )
  }
  if (changed.length > 0) {
    throw new RefusedError(
      'MIGRATION_CHANGED',
      `up.sql of ${listed(changed)} was changed after it was applied. Restore the file and write a new migration instead. Nothing was changed.`,
    )
  }
}

function listed(rows: { revision: string; name: string }[]): string {
  return rows.map((row) => `${row.revision}_${row.name}`).join(', ')
}
