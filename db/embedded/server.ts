import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import type { DatabaseLog } from '../log.ts'
import { programOf } from './binaries.ts'
import { type BringUpOptions, bringUp } from './bring-up.ts'
import { holdFolderLock } from './folder-lock.ts'
import { lockFolderOf } from './folders.ts'
import { findPlace, type ServerPlace } from './place.ts'
import { readPostmasterFile } from './postmaster-file.ts'
import { COUNT_OTHERS, isUnused, PRESENCE_NAME, stopServer } from './stop-server.ts'
import { toStorageError } from './storage-error.ts'

const DATABASE_NAME = 'agent_rangers'

/** One user's hold on the embedded server; the last one who lets go stops it. */
export interface EmbeddedServer extends AsyncDisposable {
  /** For the pool: the database `agent_rangers`, which exists. */
  connection: pg.ClientConfig
  /** Of PostgreSQL: 18.4. */
  version: string
  /** Where the data really is. */
  dataFolder: string
  /** Close the pool first: its connections count as users. Waits until the server has ended, if nobody else uses it. */
  close(): Promise<void>
}

export interface EmbeddedServerOptions {
  /** Made when missing, readable for its owner only. */
  dataFolder: string
  /** Holds the socket, so its path must be short. A folder of our own in the system's temporary one by default. */
  runtimeFolder?: string
  /** Ends the start; has no effect afterwards. */
  signal: AbortSignal
  log?: DatabaseLog
  /** The server died, and could not be started again. */
  onLost?: (error: unknown) => void
}

const CLOSE_LIMIT_MS = 60_000
const PATIENCE_MS = 1000
const RESTART_PAUSES_MS = [0, 250, 1000, 4000]

/**
 * Uses the PostgreSQL server that runs on the folder, started by whichever app, or creates and starts one. A server that
 * dies while it is held is started again. Throws UnavailableError with the sentence for the person.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const { dataFolder: asked, runtimeFolder, signal, log } = options
  const place = await findPlace(asked, signal).catch((error: unknown) => {
    throw toStorageError(asked, error)
  })
  const { dataFolder } = place
  const closing = new AbortController()
  let presence = await enter({ ...place, runtimeFolder, signal, log })
  let restarting: Promise<void> = Promise.resolve()
  watch(presence)

  function watch(client: pg.Client): void {
    client.once('end', () => {
      if (!closing.signal.aborted) restarting = restart()
    })
  }

  async function restart(): Promise<void> {
    log?.warn({ event: 'database_server_lost' }, 'The embedded database server ended; starting it again')
    let last: unknown
    for (const pause of RESTART_PAUSES_MS) {
      try {
        await delay(pause, undefined, { signal: closing.signal })
        presence = await enter({ ...place, runtimeFolder, signal: closing.signal, log })
        watch(presence)
        return
      } catch (error) {
        if (closing.signal.aborted) return
        last = error
      }
    }
    options.onLost?.(last)
  }

  async function close(): Promise<void> {
    if (closing.signal.aborted) return
    closing.abort()
    await restarting
    await leave(place, presence, log)
  }

  const { host, port, user, password } = presence
  const connection = { host, port, user, password, ssl: false, database: DATABASE_NAME }
  return { connection, version: place.binaries.version, dataFolder, close, [Symbol.asyncDispose]: close }
}

/** Brings the server up and holds it with a connection; under the lock, so that nobody stops it in between. */
async function enter(options: BringUpOptions): Promise<pg.Client> {
  try {
    await using _lock = await holdFolderLock(lockFolderOf(options.dataFolder), options.signal)
    const connection = await bringUp(options)
    await makeDatabase(connection)
    return await connect(connection, 'postgres')
  } catch (error) {
    options.signal.throwIfAborted()
    throw toStorageError(options.dataFolder, error)
  }
}

async function leave(place: ServerPlace, presence: pg.Client, log?: DatabaseLog): Promise<void> {
  const { dataFolder, binaries } = place
  const signal = AbortSignal.timeout(CLOSE_LIMIT_MS)
  await using _lock = await holdFolderLock(lockFolderOf(dataFolder), signal)
  const isLast = await isUnused(() => countOthers(presence), PATIENCE_MS, signal).catch(() => false)
  await presence.end().catch(() => {})
  const file = isLast ? await readPostmasterFile(dataFolder) : undefined
  if (file === undefined) return
  if (process.platform === 'win32') {
    // A signal there would end it as kill -9 does.
    await promisify(execFile)(programOf(binaries, 'pg_ctl'), ['stop', '-m', 'fast', '-w', '-D', dataFolder], {
      signal,
    })
  } else {
    await stopServer(file, signal)
  }
  log?.info({ event: 'database_stopped', pid: file.pid }, 'Stopped the embedded database')
}

async function countOthers(client: pg.Client) {
  const { rows } = await client.query<{ presences: string; clients: string }>(COUNT_OTHERS)
  return { presences: Number(rows[0]?.presences), clients: Number(rows[0]?.clients) }
}

async function makeDatabase(connection: pg.ClientConfig): Promise<void> {
  const client = await connect(connection, 'postgres')
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE_NAME])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`)
  } finally {
    await client.end()
  }
}

async function connect(connection: pg.ClientConfig, database: string): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, database, application_name: PRESENCE_NAME, keepAlive: true })
  client.on('error', () => {}) // `end` follows
  await client.connect()
  return client
}
