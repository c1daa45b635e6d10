import { copyFile, lstat, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type pg from 'pg'
import { RefusedError, UnavailableError } from '#shared/errors.ts'
import { type BringUpOptions, bringUp } from './bring-up.ts'
import { majorOf, passwordFileOf } from './data-folder.ts'
import { countOthers, endServer, letGo } from './end-server.ts'
import { freshFolderOf, upgradedFolderOf } from './folders.ts'
import { findOldBinaries, installAdvice } from './old-binaries.ts'
import type { ServerPlace } from './place.ts'
import { connectPresence, DATABASE_NAME, hasDatabase, makeDatabase } from './sessions.ts'

/** Takes the app's rows from one server to another; what is in between is a verified backup. */
export interface CarryOver {
  /** Backs the database up, verified; its file, or null when there is nothing to take along. */
  save(connection: pg.ClientConfig, signal: AbortSignal): Promise<string | null>
  /** Fills an empty database from that file, and compares every table with it. */
  load(connection: pg.ClientConfig, file: string, signal: AbortSignal): Promise<void>
  /** Called when it begins. */
  onStart?: (majors: Majors) => void
  /** The newest backup there is, for the sentence that says what can be done. */
  newestBackup?: () => Promise<Date | null>
}

export interface Majors {
  from: number
  to: number
}

/**
 * Brings the data of an older PostgreSQL major to ours: backs it up with a server of that major, restores it into a new
 * folder beside, and changes the names of the two at the very end. Killed at any moment, it leaves the old data as they
 * were, and the next start does it again; only when both are complete, and one name is changed, does the next start
 * change the other. The old folder stays, as `postgres.pg15`. The caller holds the folder's lock.
 */
export async function upgradeCluster(
  options: BringUpOptions,
  carryOver: CarryOver | undefined,
): Promise<void> {
  const { dataFolder, binaries } = options
  await finishSwap(dataFolder)
  const from = await majorOf(dataFolder)
  if (from === undefined || carryOver === undefined || !(from < binaries.major)) return
  const old = await findOldBinaries(from, options.account, options.signal)
  if (old === undefined) throw await missing(dataFolder, { from, to: binaries.major }, carryOver.newestBackup)
  carryOver.onStart?.({ from, to: binaries.major })
  options.log?.info({ event: 'database_upgrade', from, to: binaries.major }, 'Bringing the database over')
  await removeFresh(options)
  const file = await saveOld({ ...options, binaries: old }, carryOver)
  await makeFresh(options, carryOver, file)
  const kept = await swap(dataFolder, from)
  options.log?.info(
    { event: 'database_upgraded', from, to: binaries.major, kept },
    'The database is brought over',
  )
}

/** The backup of what the old server holds; null when that is nothing. The old server has ended when this returns. */
async function saveOld(options: BringUpOptions, carryOver: CarryOver): Promise<string | null> {
  const connection = await bringUp(options)
  const presence = await connectPresence(connection, 'postgres')
  const end = () => letGo(options, presence, AbortSignal.timeout(STOP_LIMIT_MS))
  let file: string | null = null
  try {
    if ((await countOthers(presence)).presences > 0) throw inUse()
    const isMade = await hasDatabase(presence)
    if (isMade) file = await carryOver.save({ ...connection, database: DATABASE_NAME }, options.signal)
  } catch (error) {
    await end()
    throw error
  }
  if ((await end()) === undefined) throw inUse() // what somebody still writes there would be left behind
  return file
}

const STOP_LIMIT_MS = 60_000

/** The new database beside the old one, complete and on disk, under the name that says so. */
async function makeFresh(options: BringUpOptions, carryOver: CarryOver, file: string | null): Promise<void> {
  const { dataFolder, signal } = options
  const fresh = { ...options, dataFolder: freshFolderOf(dataFolder), runtimeFolder: undefined }
  if (process.platform === 'win32')
    await copyFile(passwordFileOf(dataFolder), passwordFileOf(fresh.dataFolder))
  try {
    const connection = await bringUp(fresh)
    await makeDatabase(connection)
    if (file !== null) await carryOver.load({ ...connection, database: DATABASE_NAME }, file, signal)
    await endServer(fresh, AbortSignal.timeout(STOP_LIMIT_MS)) // writes everything to disk
    await rename(fresh.dataFolder, upgradedFolderOf(dataFolder))
    await syncParent(dataFolder)
  } catch (error) {
    await removeFresh(options)
    throw error
  } finally {
    await rm(passwordFileOf(fresh.dataFolder), { force: true })
  }
}

/** What one that was killed has left, its server included. */
async function removeFresh(place: ServerPlace): Promise<void> {
  const { dataFolder } = place
  for (const folder of [freshFolderOf(dataFolder), upgradedFolderOf(dataFolder)]) {
    if (!(await exists(folder))) continue
    await endServer({ ...place, dataFolder: folder }, AbortSignal.timeout(STOP_LIMIT_MS))
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
}

async function swap(dataFolder: string, from: number): Promise<string> {
  const kept = await freeName(`${dataFolder}.pg${from}`)
  await rename(dataFolder, kept)
  await syncParent(dataFolder)
  await finishSwap(dataFolder)
  return kept
}

/** The second of the two changes of names; here also after a death between them. */
async function finishSwap(dataFolder: string): Promise<void> {
  const upgraded = upgradedFolderOf(dataFolder)
  if ((await exists(dataFolder)) || !(await exists(upgraded))) return
  await rename(upgraded, dataFolder)
  await syncParent(dataFolder)
}

async function freeName(wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (!(await exists(name))) return name
  }
}

/** Names are on disk when their folder is. */
async function syncParent(path: string): Promise<void> {
  if (process.platform === 'win32') return
  await using folder = await open(dirname(path), 'r')
  await folder.sync()
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

function inUse(): RefusedError {
  return new RefusedError(
    'DATABASE_IN_USE',
    'Another program uses the database, which this version has to bring to a newer PostgreSQL. Quit older windows of Agent Rangers, and what else is connected, and start again. Nothing was changed.',
  )
}

async function missing(
  dataFolder: string,
  { from, to }: Majors,
  newestBackup: CarryOver['newestBackup'],
): Promise<UnavailableError> {
  const made = await newestBackup?.()
  const backup = made
    ? ` Or move that folder away: Agent Rangers then starts empty, and Settings restores your backup of ${made.toISOString().slice(0, 10)}.`
    : ''
  return new UnavailableError(
    'DATABASE_VERSION',
    `The database in ${dataFolder} was made by PostgreSQL ${from}, this app brings ${to}. To bring it over, PostgreSQL ${from} is needed once: ` +
      `install it (${installAdvice(from)}) and start again.${backup} Nothing was changed.`,
  )
}
