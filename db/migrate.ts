import type pg from 'pg'
import type { DatabaseLog } from './log.ts'
import { fullName, type Migration, readMigrations } from './migration-files.ts'
import { BASE, findMigration, HEAD, lineageOf, onlyHead } from './migration-graph.ts'
import { inOneTransaction, withMigrationLock } from './migration-lock.ts'
import { compareMigrations, type MigrationState, planDown, planUp, refuseUnfit } from './migration-plan.ts'
import { isAdditive } from './migration-risk.ts'
import {
  applyMigration,
  CREATE_MIGRATION_TABLE,
  MIGRATION_TABLE,
  noteMigration,
  readApplied,
  undoMigration,
} from './migration-table.ts'

export interface MigrateOptions {
  /** Holds the folders `<revision>_<name>`. */
  folder: string
  signal?: AbortSignal | undefined
  log?: DatabaseLog
  /** Called under the lock, before anything is taken from a database that has been migrated before: time for a backup. */
  beforeLoss?: (migrations: Migration[]) => Promise<void>
}

/**
 * Applies what is pending, each migration in its own transaction, and returns it: up to the head, or by `target` the
 * next N or all that a revision builds on. Late migrations (merged from another branch) run too. Apps that start at once
 * wait for the first. Refuses, with nothing changed, two heads, a database that is newer than the app or whose
 * migrations were edited.
 */
export async function migrateUp(
  pool: pg.Pool,
  options: MigrateOptions & { target?: string },
): Promise<Migration[]> {
  options.signal?.throwIfAborted()
  const [known, applied] = await Promise.all([readMigrations(options.folder), readApplied(pool)])
  planUp(known, compareMigrations(known, []), options.target) // refuses a target that is none
  const before = compareMigrations(known, applied)
  refuseUnfit(known, before)
  // As a rule there is nothing to do, and so nothing to lock: what was applied stays applied.
  if (planUp(known, before, options.target).length === 0) return []
  return withMigrationLock(pool, options.signal, async (client) => {
    const state = await readState(client, known)
    const pending = planUp(known, state, options.target)
    if (pending.length === 0) return []
    const risky = pending.filter((migration) => !isAdditive(migration))
    if (risky.length > 0 && state.applied.length > 0) await options.beforeLoss?.(risky)
    await client.query(CREATE_MIGRATION_TABLE)
    for (const migration of pending) {
      options.signal?.throwIfAborted()
      const duration = await inOneTransaction(client, () => applyMigration(client, migration))
      const fields = { event: 'migration_applied', revision: migration.revision, duration_ms: duration }
      options.log?.info(fields, `Applied ${fullName(migration)}`)
    }
    return pending
  })
}

/** Undoes, newest first, all (`base`), the last N, or what builds on the revision `target`; returns what it undid. */
export async function migrateDown(
  pool: pg.Pool,
  options: MigrateOptions & { target: string },
): Promise<Migration[]> {
  const known = await readMigrations(options.folder)
  return withMigrationLock(pool, options.signal, async (client) => {
    const doomed = planDown(known, await readState(client, known), options.target)
    if (doomed.length > 0) await options.beforeLoss?.(doomed)
    for (const migration of doomed) {
      options.signal?.throwIfAborted()
      await inOneTransaction(client, () => undoMigration(client, migration))
      options.log?.info(
        { event: 'migration_undone', revision: migration.revision },
        `Undid ${fullName(migration)}`,
      )
    }
    return doomed
  })
}

/** Notes that exactly the revision (`head`, `base`) and what it builds on are applied, without running anything. */
export async function stampRevision(
  pool: pg.Pool,
  options: MigrateOptions & { target: string },
): Promise<Migration[]> {
  const known = await readMigrations(options.folder)
  const target = options.target === HEAD ? (onlyHead(known)?.revision ?? BASE) : options.target
  const wanted = target === BASE ? new Set<string>() : lineageOf(known, findMigration(known, target).revision)
  const stamped = known.filter(({ revision }) => wanted.has(revision))
  return withMigrationLock(pool, options.signal, async (client) => {
    const state = compareMigrations(known, await readApplied(client))
    refuseUnfit(known, { ...state, changed: [] }) // an edited file is what a stamp may settle
    await inOneTransaction(client, async () => {
      await client.query(CREATE_MIGRATION_TABLE)
      await client.query(`DELETE FROM ${MIGRATION_TABLE} WHERE NOT revision = ANY($1)`, [[...wanted]])
      for (const migration of stamped) await noteMigration(client, migration)
    })
    return stamped
  })
}

/** What is applied and what is not; changes nothing, and works on a database that was never migrated. */
export async function migrationStatus(pool: pg.Pool, options: MigrateOptions): Promise<MigrationState> {
  return compareMigrations(await readMigrations(options.folder), await readApplied(pool))
}

async function readState(client: pg.PoolClient, known: Migration[]): Promise<MigrationState> {
  const state = compareMigrations(known, await readApplied(client))
  refuseUnfit(known, state)
  return state
}
