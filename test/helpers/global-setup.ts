import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg, { type ClientConfig } from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#db/client.ts'
import { startEmbeddedServer } from '#db/embedded/server.ts'
import { startWatchdog } from '#db/embedded/watchdog-process.ts'
import { migrateUp } from '#db/migrate.ts'
import { buildPrograms } from './build-program.ts'
import { keepLogs } from './run-logs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The one server of this test run; see test-database.ts. */
    databaseServer: ClientConfig
    /** A migrated database on it, to be cloned. */
    templateDatabase: string
  }
}

/** Starts the server of the test run (or uses TEST_DATABASE_URL), and migrates one database as the template of all. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await findServer()
  const template = `rangers_template_${process.pid}`
  try {
    await execute(server.connection, `DROP DATABASE IF EXISTS ${template}`, `CREATE DATABASE ${template}`)
    const { pool, close } = openDatabase({
      connection: { ...server.connection, database: template },
      poolSize: 1,
    })
    await migrateUp(pool, { folder: resolve('migrations') })
    await close()
  } catch (error) {
    await server.close()
    throw error
  }
  project.provide('databaseServer', server.connection)
  project.provide('templateDatabase', template)
  return async () => {
    await execute(server.connection, `DROP DATABASE ${template} WITH (FORCE)`)
    await server.close()
  }
}

async function findServer(): Promise<{ connection: ClientConfig; close(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL
  if (url) return { connection: plainSettings(new pg.Client(url)), close: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'rangers-test-'))
  const remove = async () => {
    await keepLogs(folder)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const dataFolder = join(folder, 'postgres')
    const guard = await guardServer(dataFolder)
    const server = await startEmbeddedServer({
      dataFolder,
      runtimeFolder: join(folder, 'run'),
      signal: AbortSignal.timeout(60_000),
    })
    const connection = plainSettings(server.connection)
    return { connection, close: () => server.close().then(guard).then(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

/** A run that is killed leaves no server behind. */
async function guardServer(dataFolder: string): Promise<() => Promise<void>> {
  const programs = await buildPrograms({ watchdog: 'db/embedded/watchdog.ts' })
  const watchdog = await startWatchdog({
    instanceId: randomUUID(),
    dataFolder,
    command: process.execPath,
    args: [programs.path.watchdog],
    environment: { PATH: process.env.PATH ?? '' },
  })
  return async () => {
    await watchdog.close()
    await programs.remove()
  }
}

/** Only what can be sent to the workers; a database's name in a URL would outrank that of a test. */
function plainSettings({ host = '', port = 0, user = '', password }: ClientConfig): ClientConfig {
  return { host, port, user, ...(typeof password === 'string' && { password }), ssl: false }
}

async function execute(connection: ClientConfig, ...statements: string[]): Promise<void> {
  const { pool, close } = openDatabase({ connection: { ...connection, database: 'postgres' }, poolSize: 1 })
  for (const statement of statements) await pool.query(statement)
  await close()
}
