import type pg from 'pg'
import { InvalidInputError } from '#shared/errors.ts'
import type { DatabaseLog } from './log.ts'
import { type Migration, readDown, readMigrations } from './migration-files.ts'
import {
  type AppliedMigration,
  compareMigrations,
  type MigrationState,
  refuseUnfit,
} from './migration-plan.ts'

export interface MigrateOptions {
  /** Holds the folders `<NNNN>_<name>`. */
  folder: string
  signal?: AbortSignal
  log?: DatabaseLog
}

/** Below every revision: undoes everything as the target of `migrateDown`. */
export const EMPTY_REVISION = '0000'

/** Any number, the same in each app: whoever holds this advisory lock of the database migrates it. */
const LOCK_KEY = 4_726_117_305
const LOCK_TIMEOUT = '120s'

/**
 * Applies what is pending, up to and including `target`, each in its own transaction, and returns what it applied.
 * Late migrations (below the newest applied one) run too, in their order. Apps that start at once wait for the
 * first. Refuses, with nothing changed, a database that is newer than the app or whose migrations were edited.
 */
export async function migrateUp(
  pool: pg.Pool,
  options: MigrateOptions & { target?: string },
): Promise<Migration[]> {
  const known = await readMigrations(options.folder)
  const { target } = options
  if (target !== undefined) refuseUnknownTarget(known, target)
  return withLock(pool, options, async (client) => {
    await client.query(CREATE_TABLE)
    const state = compareMigrations(known, await readApplied(client))
    refuseUnfit(known, state)
    const newest = state.applied.at(-1)?.revision ?? EMPTY_REVISION
    const pending = state.pending.filter((migration) => target === undefined || migration.revision <= target)
    for (const migration of pending) {
      options.signal?.throwIfAborted()
      const duration = await inOneTransaction(client, () => apply(client, migration))
      const fields = { event: 'migration_applied', revision: migration.revision, duration_ms: duration }
      options.log?.info({ ...fields, late: migration.revision < newest }, `Applied ${fullName(migration)}`)
    }
    return pending
  })
}

/** Undoes, newest first, every migration above `target` (which stays), and returns what it undid. */
export async function migrateDown(
  pool: pg.Pool,
  options: MigrateOptions & { target: string },
): Promise<Migration[]> {
  const known = await readMigrations(options.folder)
  if (options.target !== EMPTY_REVISION) refuseUnknownTarget(known, options.target)
  return withLock(pool, options, async (client) => {
    await client.query(CREATE_TABLE)
    const state = compareMigrations(known, await readApplied(client))
    refuseUnfit(known, state)
    const pending = new Set(state.pending)
    const doomed = known.filter((migration) => migration.revision > options.target && !pending.has(migration))
    const scripts = await Promise.all(
      doomed.map(async (migration) => ({ migration, sql: await readDown(migration) })),
    )
    const undone: Migration[] = []
    for (const { migration, sql } of scripts.reverse()) {
      options.signal?.throwIfAborted()
      await inOneTransaction(client, async () => {
        await client.query(sql)
        await client.query('DELETE FROM schema_migrations WHERE revision = $1', [migration.revision])
      })
      options.log?.info(
        { event: 'migration_undone', revision: migration.revision },
        `Undid ${fullName(migration)}`,
      )
      undone.push(migration)
    }
    return undone
  })
}

/** What is applied and what is not; changes nothing, and works on a database that was never migrated. */
export async function migrationStatus(pool: pg.Pool, options: MigrateOptions): Promise<MigrationState> {
  const known = await readMigrations(options.folder)
  const found = await pool.query<{ exists: boolean }>(
    `SELECT to_regclass('schema_migrations') IS NOT NULL AS "exists"`,
  )
  return compareMigrations(known, found.rows[0]?.exists ? await readApplied(pool) : [])
}

const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS schema_migrations (
  revision text PRIMARY KEY,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  duration_ms integer NOT NULL
)`

async function readApplied(client: pg.Pool | pg.PoolClient): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'SELECT revision, name, checksum, applied_at, duration_ms FROM schema_migrations ORDER BY revision',
  )
  return rows
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<number> {
  const start = performance.now()
  await client.query(migration.up)
  const duration = Math.round(performance.now() - start)
  await client.query(
    'INSERT INTO schema_migrations (revision, name, checksum, duration_ms) VALUES ($1, $2, $3, $4)',
    [migration.revision, migration.name, migration.checksum, duration],
  )
  return duration
}

async function inOneTransaction<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    const value = await work()
    await client.query('COMMIT')
    return value
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}) // the first error says more
    throw error
  }
}

/** Runs `work` on one connection that holds the lock. The connection is then thrown away, and the lock with it. */
async function withLock<T>(
  pool: pg.Pool,
  { signal }: MigrateOptions,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const client = await pool.connect()
  let released = false
  const release = () => {
    if (!released) client.release(true)
    released = true
  }
  signal?.addEventListener('abort', release, { once: true })
  try {
    await client.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`)
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
    await client.query('SET lock_timeout = 0')
    return await work(client)
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', release)
    release()
  }
}

function refuseUnknownTarget(known: Migration[], target: string): void {
  if (known.some((migration) => migration.revision === target)) return
  const revisions = known.map((migration) => migration.revision).join(', ')
  throw new InvalidInputError('UNKNOWN_REVISION', `There is no migration ${target}. Known are: ${revisions}.`)
}

function fullName(migration: Migration): string {
  return `${migration.revision}_${migration.name}`
}
