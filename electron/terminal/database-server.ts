import path from 'node:path'
import { type Database, type DatabaseOptions, openDatabase } from '#db/client.ts'
import { startEmbeddedServer } from '#db/embedded/server.ts'
import { startWatchdog } from '#db/embedded/watchdog-process.ts'
import { settingsOfUrl } from '#db/tls.ts'
import { carryOverOf } from '../carry-over.ts'
import type { Config } from '../config.ts'
import { companionEnvironment } from '../env.ts'
import { newId } from '../new-id.ts'
import { prepareFolder } from '../platform/folder.ts'
import { Shutdown } from '../shutdown.ts'

/** The server that the app would use. */
export interface OpenServer extends AsyncDisposable {
  connection: DatabaseOptions['connection']
  pool: Database['pool']
  isEmbedded: boolean
}

export interface ServerOptions {
  config: Config
  /** The folder with `migrations/`. */
  root: string
  version: string
  signal: AbortSignal
}

/** The server of DATABASE_URL, or the embedded one: the one that runs, or started for this command. Migrates nothing. */
export async function openServer(options: ServerOptions): Promise<OpenServer> {
  const { config } = options
  const parts = new Shutdown(() => {}) // the command has done its work, or says itself why not
  try {
    const connection = config.databaseUrl
      ? await settingsOfUrl(config.databaseUrl.reveal())
      : await startOwn(parts, options)
    const { pool, close } = openDatabase({ connection, poolSize: 1, maxOverflow: 2 })
    parts.defer(close)
    return {
      connection,
      pool,
      isEmbedded: config.databaseUrl === null,
      [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
    }
  } catch (error) {
    await parts[Symbol.asyncDispose]()
    throw error
  }
}

async function startOwn(parts: Shutdown, options: ServerOptions) {
  const { dataFolder: folder } = options.config
  prepareFolder(folder)
  const dataFolder = path.join(folder, 'postgres')
  parts.use(
    await startWatchdog({
      instanceId: newId(),
      dataFolder,
      command: process.execPath,
      args: [path.join(import.meta.dirname, 'watchdog.js')],
      environment: companionEnvironment(),
    }),
  )
  return parts.use(
    await startEmbeddedServer({ dataFolder, signal: options.signal, carryOver: carryOverOf(options) }),
  ).connection
}
