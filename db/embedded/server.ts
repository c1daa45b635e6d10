import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { DatabaseLog } from '../log.ts'
import { type BringUpOptions, bringUp } from './bring-up.ts'
import { letGo } from './end-server.ts'
import { holdFolderLock } from './folder-lock.ts'
import { lockFolderOf } from './folders.ts'
import { findPlace, type ServerPlace } from './place.ts'
import { connectPresence, DATABASE_NAME, makeDatabase } from './sessions.ts'
import { toStorageError } from './storage-error.ts'
import { type CarryOver, upgradeCluster } from './upgrade.ts'

/** One user's hold on the embedded server; the last one who lets go stops it. */
export interface EmbeddedServer extends AsyncDisposable {
  /** For the pool: the database `agent_rangers`, which exists. */
  connection: pg.ClientConfig
  /** Of PostgreSQL: 18.4. */
  version: string
  /** Where the data really is. */
  dataFolder: string
  /** Why it cannot be started again after it died; undefined while it runs, or has only just died. */
  trouble: () => unknown
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
  /** Brings data of an older PostgreSQL over; without it, such data is refused. */
  carryOver?: CarryOver
}

const CLOSE_LIMIT_MS = 60_000
/** Before the first tries to start it again; then the longest, for ever, since a full disk may be emptied. */
const RESTART_PAUSES_MS = [0, 250, 1000]
const LONGEST_PAUSE_MS = 2000

/**
 * Uses the PostgreSQL server that runs on the folder, started by whichever app, or creates and starts one. A server that
 * dies while it is held is started again. Throws UnavailableError with the sentence for the person.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const { dataFolder: asked, runtimeFolder, signal, log, carryOver } = options
  const place = await findPlace(asked, signal).catch((error: unknown) => {
    throw toStorageError(asked, error)
  })
  const { dataFolder } = place
  const closing = new AbortController()
  let presence = await enter({ ...place, runtimeFolder, signal, log, carryOver })
  let isHeld = true
  let restarting: Promise<void> = Promise.resolve()
  let trouble: unknown
  watch(presence)

  function watch(client: pg.Client): void {
    client.once('end', () => {
      isHeld = false
      if (!closing.signal.aborted) restarting = restart()
    })
  }

  async function restart(): Promise<void> {
    log?.warn({ event: 'database_server_lost' }, 'The embedded database server ended; starting it again')
    for (let attempt = 0; !closing.signal.aborted; attempt++) {
      try {
        await delay(RESTART_PAUSES_MS[attempt] ?? LONGEST_PAUSE_MS, undefined, { signal: closing.signal })
        presence = await enter({ ...place, runtimeFolder, signal: closing.signal, log })
        isHeld = true
        trouble = undefined
        watch(presence)
        return
      } catch (error) {
        if (closing.signal.aborted) return
        trouble = error
        const reason = error instanceof Error ? error.message : String(error)
        log?.warn({ event: 'database_restart_failed', reason }, 'The embedded database did not start again')
      }
    }
  }

  async function close(): Promise<void> {
    if (closing.signal.aborted) return
    closing.abort()
    await restarting
    // A start that was broken off may have left a server behind, which nobody else would end.
    const held = isHeld ? presence : await connectPresence(connection, 'postgres').catch(() => null)
    if (held) await leave(place, held, log)
  }

  const { host, port, user, password } = presence
  const connection = { host, port, user, password, ssl: false, database: DATABASE_NAME }
  return {
    connection,
    version: place.binaries.version,
    dataFolder,
    trouble: () => trouble,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Brings the server up and holds it with a connection; under the lock, so that nobody stops it in between. */
async function enter(options: BringUpOptions & { carryOver?: CarryOver | undefined }): Promise<pg.Client> {
  try {
    await using _lock = await holdFolderLock(lockFolderOf(options.dataFolder), options.signal)
    await upgradeCluster(options, options.carryOver)
    const connection = await bringUp(options)
    await makeDatabase(connection)
    return await connectPresence(connection, 'postgres')
  } catch (error) {
    options.signal.throwIfAborted()
    throw toStorageError(options.dataFolder, error)
  }
}

async function leave(place: ServerPlace, presence: pg.Client, log?: DatabaseLog): Promise<void> {
  const signal = AbortSignal.timeout(CLOSE_LIMIT_MS)
  await using _lock = await holdFolderLock(lockFolderOf(place.dataFolder), signal)
  const pid = await letGo(place, presence, signal)
  if (pid !== undefined) log?.info({ event: 'database_stopped', pid }, 'Stopped the embedded database')
}
