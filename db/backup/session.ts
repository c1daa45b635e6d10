import pg from 'pg'
import type { DatabaseOptions } from '../client.ts'
import { LONGEST_BASE, quoted, settingsOf } from '../scratch-database.ts'

/** A connection of its own for a backup or a restore. */
export interface BackupSession extends AsyncDisposable {
  client: pg.Client
}

/** Values as text that every PostgreSQL reads back to the same value; nothing ends long work but the signal. */
const SETTINGS = `
  SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET bytea_output = 'hex';
  SET extra_float_digits = 1; SET client_encoding = 'UTF8';
  SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0`

/** Opens it; the signal breaks it off, whatever it is doing. */
export async function openSession(
  connection: DatabaseOptions['connection'],
  signal: AbortSignal,
): Promise<BackupSession> {
  signal.throwIfAborted()
  const client = new pg.Client({ ...settingsOf(connection), application_name: 'agent-rangers backup' })
  client.on('error', () => {}) // what is running fails, and says more
  const end = () => void client.end().catch(() => {})
  signal.addEventListener('abort', end, { once: true })
  const close = async () => {
    signal.removeEventListener('abort', end)
    await client.end().catch(() => {}) // broken off already
  }
  try {
    await client.connect()
    await client.query(SETTINGS)
    return { client, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Any number, the same in each app: one backup or restore of a database at a time. */
const LOCK_KEY = 4_726_117_306

/** Waits for backups and restores of other apps; then clears away what broken off ones have left on the server. */
export async function holdBackupLock(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database, left(current_database(), ${LONGEST_BASE}) AS base
     WHERE starts_with(datname, base) AND pg_get_userbyid(datdba) = current_user
       AND substr(datname, length(base) + 1) ~ '^_(verify|restore)_[0-9a-f]{8}$'`,
  )
  for (const { name } of rows) await client.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`)
}
