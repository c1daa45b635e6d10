import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import type { ClientConfig } from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '#db/client.ts'
import { migrateUp } from '#db/migrate.ts'

/** A database of its own on the server of the test run. */
export interface TestDatabase extends Database, AsyncDisposable {
  name: string
  /** For listeners, for further pools and for programs that the test starts. */
  connection: ClientConfig
  /** The pool ends and the database is gone. */
  close(): Promise<void>
}

export interface TestDatabaseOptions {
  /** False: nothing in it. Else a clone of the migrated template. */
  migrated?: boolean
  poolSize?: number
  /** By which it knows upper and lower case; that of the server without it. Migrated anew: no clone has another one. */
  locale?: 'C' | 'ICU' | undefined
}

const LOCALES = {
  C: "LOCALE_PROVIDER libc LOCALE 'C'",
  ICU: "LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'",
}

/** Makes a fresh database. Whoever makes it closes it: `await using database = await createTestDatabase()`. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { migrated = true, poolSize = 5, locale } = options
  const server = inject('databaseServer')
  const name = `rangers_test_${randomUUID().replaceAll('-', '')}`
  const template = migrated && !locale ? inject('templateDatabase') : 'template0'
  const its = locale ? `ENCODING 'UTF8' ${LOCALES[locale]}` : ''
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template} ${its}`)
  const connection = { ...server, database: name }
  const database = openDatabase({
    connection,
    poolSize,
    maxOverflow: 5,
    applicationName: 'agent-rangers test',
  })
  if (migrated && locale) await migrateUp(database.pool, { folder: resolve('migrations') })
  const close = async () => {
    await database.close()
    await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
  return { ...database, name, connection, close, [Symbol.asyncDispose]: close }
}

async function onServer(server: ClientConfig, statement: string): Promise<void> {
  const { pool, close } = openDatabase({
    connection: { ...server, database: 'postgres' },
    poolSize: 1,
    maxOverflow: 0,
  })
  try {
    await pool.query(statement)
  } finally {
    await close()
  }
}
