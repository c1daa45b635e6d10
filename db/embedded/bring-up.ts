import { readFile, rm, rmdir } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { UnavailableError } from '#shared/errors.ts'
import { sqlState } from '../error.ts'
import type { DatabaseLog } from '../log.ts'
import { initialise, isInitialised, makePrivate, passwordFileOf, takeOver } from './data-folder.ts'
import { makeRuntimeFolder } from './folders.ts'
import type { ServerPlace } from './place.ts'
import { isServerOf, type PostmasterFile, readPostmasterFile, socketOf } from './postmaster-file.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'
import { SERVER_USER } from './stop-server.ts'

const POLL_MS = 25
/** How long a living server may keep silent, while it makes its socket or ends, before we ask it to end. */
const SILENCE_LIMIT_MS = 10_000
/** Recovery after a crash included. */
const START_LIMIT_MS = 120_000
const KNOCK_LIMIT_MS = 5000

export interface BringUpOptions extends ServerPlace {
  runtimeFolder?: string | undefined
  signal: AbortSignal
  log?: DatabaseLog | undefined
}

/**
 * Finds the server that runs on the folder, or starts one, and returns how to reach it. The caller holds the folder's
 * lock. A pid file counts only if its server answers; one whose server is dead, whose number belongs to somebody else or
 * to a process that nobody has collected yet is removed.
 */
export async function bringUp(options: BringUpOptions): Promise<pg.ClientConfig> {
  const limit = performance.now() + START_LIMIT_MS
  const silence = new Silence()
  while (performance.now() < limit) {
    options.signal.throwIfAborted()
    const file = await readPostmasterFile(options.dataFolder)
    const connection = file ? await adopt(options, file, silence) : await start(options)
    if (connection) return connection
    await delay(POLL_MS, undefined, { signal: options.signal })
  }
  throw new UnavailableError(
    'DATABASE_STUCK',
    `The database server on ${options.dataFolder} neither answers nor ends. End the process named in its postmaster.pid, then start again.`,
  )
}

/** The server of a pid file, if it answers; else does what brings that nearer, and is called again. */
async function adopt(
  { dataFolder, log }: BringUpOptions,
  file: PostmasterFile,
  silence: Silence,
): Promise<pg.ClientConfig | undefined> {
  const connection = await connectionOf(dataFolder, file)
  const answer = await knock(dataFolder, connection)
  if (answer === 'ready') return connection
  if (answer === 'silent' && !(await isServerOf(dataFolder, file.pid))) {
    log?.warn(
      { event: 'database_stale_pid', pid: file.pid },
      'Removed the pid file of a dead database server',
    )
    await removeTraces(dataFolder, file)
  } else if (silence.isTooLong(answer === 'silent') && process.platform !== 'win32') {
    process.kill(file.pid, 'SIGINT') // it lives, but its socket is gone
  }
  return undefined
}

class Silence {
  #since: number | undefined

  isTooLong(isSilent: boolean): boolean {
    if (!isSilent) this.#since = undefined
    else this.#since ??= performance.now()
    return this.#since !== undefined && performance.now() - this.#since > SILENCE_LIMIT_MS
  }
}

/** Undefined when the folder turned out to be in use still: the backends of a killed server take a moment to end. */
async function start(options: BringUpOptions): Promise<pg.ClientConfig | undefined> {
  const { dataFolder, binaries, account, signal, log } = options
  if (!(await isInitialised(dataFolder, binaries))) {
    log?.info({ event: 'database_create', folder: dataFolder }, 'Creating the embedded database')
    await initialise(dataFolder, binaries, account, signal)
  }
  const socketFolder = await makeRuntimeFolder(dataFolder, options.runtimeFolder)
  await takeOver(dataFolder, account)
  await makePrivate(dataFolder)
  await takeOver(socketFolder, account)
  const server = await startServerProcess(options, socketFolder)
  const settled = new AbortController()
  try {
    const ready = untilReady(dataFolder, AbortSignal.any([signal, settled.signal]))
    const outcome = await Promise.race([ready, server.ended])
    if (typeof outcome === 'string') return explainEnd(outcome, server)
    log?.info(
      { event: 'database_started', pid: server.pid, version: binaries.version },
      'Started the database server',
    )
    return outcome
  } catch (error) {
    server.kill()
    await server.ended
    await rmdir(socketFolder).catch(() => {})
    throw error
  } finally {
    settled.abort()
  }
}

async function untilReady(dataFolder: string, signal: AbortSignal): Promise<pg.ClientConfig> {
  for (;;) {
    const file = await readPostmasterFile(dataFolder)
    const connection = file && (await connectionOf(dataFolder, file))
    if (connection && (await knock(dataFolder, connection)) === 'ready') return connection
    await delay(POLL_MS, undefined, { signal })
  }
}

function explainEnd(log: string, server: ServerProcess): undefined {
  if (/lock file ".*" already exists|is still in use/.test(log)) return undefined
  const lines = log.split('\n').filter((line) => line.includes('FATAL:'))
  const reason = (lines.at(-1) ?? log.trim().split('\n').at(-1) ?? '').replace(/^.*FATAL:\s*/, '')
  const message = `The embedded database did not start: ${reason || 'it gave no reason'}. Its log is ${server.logFile}.`
  throw new UnavailableError('DATABASE_START_FAILED', message, { cause: new Error(log) })
}

async function connectionOf(dataFolder: string, file: PostmasterFile): Promise<pg.ClientConfig> {
  const login = { user: SERVER_USER, ssl: false, port: file.port }
  if (process.platform !== 'win32') return { ...login, host: file.socketFolder }
  const password = (await readFile(passwordFileOf(dataFolder), 'utf8')).trim()
  return { ...login, host: '127.0.0.1', password }
}

/** `busy`: a server that starts or ends. `silent`: nobody, or a server of another folder. */
async function knock(dataFolder: string, connection: pg.ClientConfig): Promise<'ready' | 'busy' | 'silent'> {
  if (!connection.host || !connection.port) return 'silent'
  const limits = { connectionTimeoutMillis: KNOCK_LIMIT_MS, query_timeout: KNOCK_LIMIT_MS }
  const client = new pg.Client({ ...connection, ...limits, database: 'postgres' })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
    return isSameFolder(rows[0]?.data_directory, dataFolder) ? 'ready' : 'silent'
  } catch (error) {
    return sqlState(error)?.startsWith('57P') ? 'busy' : 'silent'
  } finally {
    await client.end().catch(() => {})
  }
}

function isSameFolder(told: string | undefined, dataFolder: string): boolean {
  if (process.platform !== 'win32') return told === dataFolder
  return told?.toLowerCase() === dataFolder.replaceAll('\\', '/').toLowerCase()
}

/** Of a server that is known to be dead. The lock file of its socket would stop the next one just as well. */
async function removeTraces(dataFolder: string, file: PostmasterFile): Promise<void> {
  if (file.socketFolder) {
    await rm(`${socketOf(file)}.lock`, { force: true })
    await rm(socketOf(file), { force: true })
  }
  await rm(`${dataFolder}/postmaster.pid`, { force: true })
}
