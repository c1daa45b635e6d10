import { InvalidInputError, RefusedError } from '#shared/errors.ts'
import { fullName, type Migration } from './migration-files.ts'
import { BASE, descendantsOf, findMigration, HEAD, lineageOf, onlyHead } from './migration-graph.ts'

/** A row of schema_migrations. */
export interface AppliedMigration {
  revision: string
  name: string
  checksum: string
  applied_at: Date
  duration_ms: number
}

export interface MigrationState {
  /** In the order of their application. */
  applied: AppliedMigration[]
  /** Not applied yet, in order. Those beside the newest applied one are late: merged from another branch. */
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
  const newest =
    known
      .map(({ revision }) => revision)
      .sort()
      .at(-1) ?? '0000'
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

const COUNT = /^[+-]?(\d{1,3})$/

/** What `up` has to apply, in order: up to the head, the next N, or what a revision (or several) builds on and itself. */
export function planUp(
  known: Migration[],
  { pending }: MigrationState,
  target: string | readonly string[] = HEAD,
): Migration[] {
  if (typeof target === 'string') {
    const count = COUNT.exec(target)?.[1]
    if (count !== undefined) return pending.slice(0, Number(count))
    if (target === BASE)
      throw new InvalidInputError('UNKNOWN_REVISION', '“base” is a target of down, not of up.')
  }
  const targets = target === HEAD ? [onlyHead(known)?.revision ?? BASE] : [target].flat()
  const wanted = new Set<string>()
  for (const text of targets.filter((each) => each !== BASE)) {
    for (const revision of lineageOf(known, findMigration(known, text).revision)) wanted.add(revision)
  }
  return pending.filter(({ revision }) => wanted.has(revision))
}

/** What `down` has to undo, newest first: everything, the last N, or what builds on the revision that stays. */
export function planDown(known: Migration[], { pending }: MigrationState, target: string): Migration[] {
  const waiting = new Set(pending)
  const applied = known.filter((migration) => !waiting.has(migration)).reverse()
  if (target === BASE) return applied
  const count = COUNT.exec(target)?.[1]
  if (count !== undefined) return applied.slice(0, Number(count))
  const doomed = descendantsOf(known, findMigration(known, target).revision)
  return applied.filter(({ revision }) => doomed.has(revision))
}

function listed(rows: { revision: string; name: string }[]): string {
  return rows.map(fullName).join(', ')
}
