import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Database, type DatabaseOptions, openDatabase } from './client.ts'

/** An empty database beside the given one, on the same server; gone when it is disposed. */
export interface ScratchDatabase extends AsyncDisposable {
  name: string
  connection: pg.ClientConfig
}

/** Makes one. The user must be allowed to create databases; else the server says 42501. */
export async function createScratchDatabase(
  connection: DatabaseOptions['connection'],
  purpose: string,
): Promise<ScratchDatabase> {
  const settings = settingsOf(connection)
  const name = `${databaseOf(settings)}_${purpose}_${randomUUID().slice(0, 8)}`
  await onServer(settings, `CREATE DATABASE ${quoted(name)} TEMPLATE template0 ENCODING 'UTF8'`)
  return {
    name,
    connection: { ...settings, database: name },
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

/** Settings whose `database` can be changed: in a URL the name would outrank it. */
export function settingsOf(connection: DatabaseOptions['connection']): pg.ClientConfig {
  const given = typeof connection === 'string' ? { connectionString: connection } : connection
  if (!given.connectionString) return given
  const { connectionString, ...rest } = given
  const { host, port, user, password, database, ssl } = new pg.Client(connectionString)
  return {
    ...rest,
    host,
    port,
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    ...(typeof password === 'string' ? { password } : {}),
    ssl,
  }
}

/** The name of the database that the settings lead to. */
export function databaseOf(settings: pg.ClientConfig): string {
  return settings.database ?? settings.user ?? 'postgres'
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
