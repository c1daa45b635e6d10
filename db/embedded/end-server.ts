import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type pg from 'pg'
import { programOf } from './binaries.ts'
import type { ServerPlace } from './place.ts'
import { isServerOf, readPostmasterFile } from './postmaster-file.ts'
import { COUNT_OTHERS, isUnused, type OtherClients, stopServer } from './stop-server.ts'

const PATIENCE_MS = 1000

/**
 * Lets go of a server: ends the connection that holds it, and stops it when nobody else is connected. The caller holds
 * the folder's lock. Returns the process that was stopped, or undefined where somebody still uses the server.
 */
export async function letGo(
  place: ServerPlace,
  presence: pg.Client,
  signal: AbortSignal,
): Promise<number | undefined> {
  const isLast = await isUnused(() => countOthers(presence), PATIENCE_MS, signal).catch(() => false)
  await presence.end().catch(() => {})
  return isLast ? endServer(place, signal) : undefined
}

/** Ends the server on a folder in order, whoever uses it; its process, or undefined when there was none. */
export async function endServer(place: ServerPlace, signal: AbortSignal): Promise<number | undefined> {
  const { dataFolder, binaries } = place
  const file = await readPostmasterFile(dataFolder)
  if (file === undefined || !(await isServerOf(dataFolder, file.pid))) return undefined
  if (process.platform === 'win32') {
    // A signal there would end it as kill -9 does.
    const args = ['stop', '-m', 'fast', '-w', '-D', dataFolder]
    await promisify(execFile)(programOf(binaries, 'pg_ctl'), args, { signal })
  } else {
    await stopServer(file, signal)
  }
  return file.pid
}

/** Who is connected besides `client`. */
export async function countOthers(client: pg.Client): Promise<OtherClients> {
  const { rows } = await client.query<{ presences: string; clients: string }>(COUNT_OTHERS)
  return { presences: Number(rows[0]?.presences), clients: Number(rows[0]?.clients) }
}
