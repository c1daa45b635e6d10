import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { RefusedError } from '#shared/errors.ts'
import type { DatabaseOptions } from '../client.ts'
import { sqlState } from '../error.ts'
import { readMigrations } from '../migration-files.ts'
import { createScratchDatabase, databaseOf, quoted, withDatabase } from '../scratch-database.ts'
import type { BackupHeader } from './format.ts'
import { type LoadOptions, loadBackup, migrationsOf } from './load-backup.ts'
import { openBackup } from './read-backup.ts'
import { holdBackupLock, openSession } from './session.ts'
import { ownNames, readTables } from './tables.ts'

export interface RestoreOptions extends LoadOptions {
  connection: DatabaseOptions['connection']
}

/** Of the database that a restore has replaced; kept until the next restore. */
export function replacedName(connection: DatabaseOptions['connection']): string {
  return `${databaseOf(connection)}_before_restore`
}

export interface SwapOptions<Saved> extends RestoreOptions {
  /** Backs up what is about to be replaced, exactly as it will be; the backup lock is held already. */
  save: () => Promise<Saved>
}

/**
 * Restores beside the present database, then changes places with it: up to that moment a failure leaves everything as it
 * was, and the present database stays on the server under `replacedName`. Whoever wants to write waits meanwhile, so
 * that nothing which was acknowledged is missing in what was saved. Ends all connections to it: theirs connect again and
 * find the restored one. For servers that belong to the app.
 */
export async function restoreBySwap<Saved>(options: SwapOptions<Saved>): Promise<Saved> {
  const { connection, signal, migrations, onProgress } = options
  await using session = await openSession(connection, signal)
  const { client } = session
  await holdBackupLock(client)
  await holdWriters(client, ownNames(await readMigrations(migrations)))
  await refuseWhileAtWork(client)
  const saved = await options.save()
  await using scratch = await createScratchDatabase(connection, 'restore')
  await loadInto(scratch.connection, options)
  signal.throwIfAborted()
  onProgress?.({ step: 'swap', done: 0, total: 1 })
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await changePlaces(connection, scratch.name, rows[0]?.pid)
  return saved
}

async function loadInto(connection: pg.ClientConfig, options: LoadOptions): Promise<void> {
  await using session = await openSession(connection, options.signal)
  await loadBackup(session.client, { ...options, toHead: true })
}

const LOCK_ATTEMPTS = 5
const DEADLOCK = '40P01'

/** From now to the end of the session nobody else writes to our tables; reading goes on. */
async function holdWriters(client: pg.Client, own: ReadonlySet<string>): Promise<void> {
  const tables = (await readTables(client, own)).map(({ name }) => quoted(name)).join(', ')
  for (let attempt = 1; tables !== ''; attempt++) {
    await client.query('BEGIN')
    try {
      await client.query(`LOCK TABLE ${tables} IN SHARE MODE`)
      return
    } catch (error) {
      await client.query('ROLLBACK')
      if (sqlState(error) !== DEADLOCK || attempt === LOCK_ATTEMPTS) throw error
    }
  }
}

/**
 * Restores into the database itself, in one transaction: a failure leaves it as it was. For servers of others, where only
 * this database is ours. Refuses when rows would be lost, unless forced.
 */
export async function restoreInside(options: RestoreOptions & { force: boolean }): Promise<BackupHeader> {
  await using session = await openSession(options.connection, options.signal)
  const { client } = session
  await holdBackupLock(client)
  if (!options.force && (await hasRows(client, options.migrations))) {
    throw new RefusedError(
      'DATABASE_NOT_EMPTY',
      'The database has rows, and a restore would replace them. Name an empty database in DATABASE_URL, or add --force: then they are backed up first. Nothing was changed.',
    )
  }
  await refuseWhileAtWork(client)
  return await loadBackup(client, { ...options, toHead: true })
}

/** Reads a backup's header, and refuses it if this version of the app could not restore it. */
export async function inspectBackup(
  file: string,
  migrations: string,
  signal: AbortSignal,
): Promise<BackupHeader> {
  await using backup = await openBackup(file, signal)
  migrationsOf(backup.header, await readMigrations(migrations))
  return backup.header
}

/** Whether any table of the app has a row. */
export async function hasRows(client: pg.Client, migrations: string): Promise<boolean> {
  for (const { name } of await readTables(client, ownNames(await readMigrations(migrations)))) {
    const { rowCount } = await client.query(`SELECT FROM ${quoted(name)} LIMIT 1`)
    if (rowCount !== 0) return true
  }
  return false
}

/** Agents would go on writing to a database that is not theirs any more. */
async function refuseWhileAtWork(client: pg.Client): Promise<void> {
  const table = await client.query(`SELECT to_regclass('executions') AS found`)
  if (table.rows[0]?.found === null) return
  const { rowCount } = await client.query(
    `SELECT FROM executions WHERE lease_expires_at > now() AND completed_at IS NULL LIMIT 1`,
  )
  if (rowCount === 0) return
  throw new RefusedError(
    'AGENTS_AT_WORK',
    'Agents are at work on this database. Wait until they are done, or stop them, and restore then. Nothing was changed.',
  )
}

const PAUSE_MS = 50
const SWAP_LIMIT_MS = 30_000

const END_ALL = `
  SELECT pg_terminate_backend(pid)
  FROM (SELECT pid FROM pg_stat_activity WHERE datname = $1 ORDER BY pid = $2) AS connected`

/** Both names change in one transaction, which takes the name's lock and waits up to 5 s for the connections to go. */
async function changePlaces(
  connection: DatabaseOptions['connection'],
  restored: string,
  own: number | undefined,
): Promise<void> {
  const present = databaseOf(connection)
  const replaced = replacedName(connection)
  const elsewhere = withDatabase(connection, 'postgres')
  await using session = await openSession(elsewhere, AbortSignal.timeout(SWAP_LIMIT_MS))
  const { client } = session
  await client.query(`DROP DATABASE IF EXISTS ${quoted(replaced)} WITH (FORCE)`)
  await client.query('BEGIN')
  const done = new AbortController()
  const ending = endConnections(elsewhere, present, own, done.signal)
  try {
    await client.query(`ALTER DATABASE ${quoted(present)} RENAME TO ${quoted(replaced)}`)
    await client.query(`ALTER DATABASE ${quoted(restored)} RENAME TO ${quoted(present)}`)
    await client.query('COMMIT')
  } finally {
    done.abort()
    await ending
  }
}

/**
 * Those that come back at once are ended again, until the new name keeps them waiting. The one that holds the writers
 * ends last, so that none of them gets through in between.
 */
async function endConnections(
  elsewhere: pg.ClientConfig,
  name: string,
  own: number | undefined,
  done: AbortSignal,
): Promise<void> {
  const client = new pg.Client(elsewhere)
  client.on('error', () => {}) // the renaming fails as well, and says more
  try {
    await client.connect()
    while (!done.aborted) {
      await client.query(END_ALL, [name, own ?? 0])
      await delay(PAUSE_MS)
    }
  } catch {
    // As above.
  } finally {
    await client.end().catch(() => {})
  }
}
