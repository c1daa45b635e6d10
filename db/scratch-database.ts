import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Database, type DatabaseOptions, openDatabase } from './client.ts'

/** An empty database beside the given one, on the same server; gone when it is disposed. */
export interface ScratchDatabase extends AsyncDisposable {
  name: string
  connection: pg.ClientConfig
}

/** How much of a database’s name fits before `_restore_` and eight digits: names have 63 bytes at most. */
export const LONGEST_BASE = 46

/** Makes one. The user must be allowed to create databases; else the server says 42501. */
export async function createScratchDatabase(
  connection: DatabaseOptions['connection'],
  purpose: string,
): Promise<ScratchDatabase> {
  const settings = settingsOf(connection)
  const name = `${databaseOf(settings).slice(0, LONGEST_BASE)}_${purpose}_${randomUUID().slice(0, 8)}`
  await onServer(settings, `CREATE DATABASE ${quoted(name)} TEMPLATE template0 ENCODING 'UTF8'`)
  return {
    name,
    connection: withDatabase(settings, name),
    [Symbol.asyncDispose]: () => onServer(settings, `DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`),
  }
}

/** Runs statements one by one on a connection of their own: those that make and drop databases bear no transaction. */
async function onServer(connection: pg.ClientConfig, ...statements: string[]): Promise<void> {
  const client = new pg.Client(connection)
  client.on('error', () => {}) // the statement that is running says more
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A database for one piece of work, with a small pool of its own. */
export function openSmall(connection: pg.ClientConfig): Database {
  return openDatabase({ connection, poolSize: 0, maxOverflow: 2 })
}

/** The same server and login, another database; everything else that a URL says stays. */
export function withDatabase(connection: DatabaseOptions['connection'], name: string): pg.ClientConfig {
  const settings = settingsOf(connection)
  if (!settings.connectionString) return { ...settings, database: name }
  const url = new URL(settings.connectionString)
  url.pathname = `/${encodeURIComponent(name)}`
  return { ...settings, connectionString: url.href }
}

export function settingsOf(connection: DatabaseOptions['connection']): pg.ClientConfig {
  return typeof connection === 'string' ? { connectionString: connection } : connection
}

/** The name of the database that the settings lead to. */
export function databaseOf(connection: DatabaseOptions['connection']): string {
  return new pg.Client(settingsOf(connection)).database ?? 'postgres'
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
