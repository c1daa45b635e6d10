import { createHash, randomUUID } from 'node:crypto'
import { chmod, lstat, mkdir, readFile, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { UnavailableError } from '#shared/errors.ts'

/** Longest path of a socket in bytes: 107 on Linux, 103 on macOS. */
const LONGEST_SOCKET = 103
const SOCKET_NAME = '/.s.PGSQL.5432'

/** Where the processes agree on who starts and stops the server. */
export function lockFolderOf(dataFolder: string): string {
  return `${dataFolder}.lock`
}

/** Names the folder that holds the data in place of `dataFolder`, where the server's account cannot reach that. */
export function movedFileOf(dataFolder: string): string {
  return `${dataFolder}.moved`
}

/** Where the database of a newer PostgreSQL is made, while data is brought over. */
export function freshFolderOf(dataFolder: string): string {
  return `${dataFolder}.new`
}

/** The same once it is complete: from then on only names change. */
export function upgradedFolderOf(dataFolder: string): string {
  return `${dataFolder}.upgraded`
}

/** The folder that holds the data: the one asked for or the one it was moved to, without links. Its parent must exist. */
export async function resolveDataFolder(asked: string): Promise<string> {
  const folder = await withoutLinks(asked)
  try {
    return await withoutLinks((await readFile(movedFileOf(folder), 'utf8')).trim())
  } catch {
    return folder
  }
}

async function withoutLinks(folder: string): Promise<string> {
  return realpath(folder).catch(async () => join(await realpath(dirname(folder)), basename(folder)))
}

/** Twelve characters that stand for the path of a resolved folder. */
export function shortNameOf(dataFolder: string): string {
  return createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)
}

/**
 * A folder for the socket that only its owner can enter. It may have any name, since a running server tells where its
 * socket is; the name by the data folder keeps the path the same from start to start.
 */
export async function makeRuntimeFolder(dataFolder: string, wanted?: string): Promise<string> {
  const name = `rangers-${shortNameOf(dataFolder)}`
  const candidates = [
    wanted,
    join(tmpdir(), name),
    `/tmp/${name}`,
    `/tmp/${name}-${randomUUID().slice(0, 8)}`,
  ]
  for (const folder of candidates) {
    if (folder === undefined || Buffer.byteLength(folder + SOCKET_NAME) > LONGEST_SOCKET) continue
    if (await makePrivate(folder)) return folder
  }
  throw new UnavailableError(
    'RUNTIME_FOLDER_UNWRITABLE',
    `No folder for the database socket can be made in ${tmpdir()}. Make that folder writable, or set DATABASE_URL.`,
  )
}

/** False when somebody else was there first: whoever owns the folder could put another server behind the socket. */
async function makePrivate(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const found = await lstat(folder)
    const uid = process.geteuid?.()
    if (!found.isDirectory() || (uid !== undefined && uid !== 0 && found.uid !== uid)) return false
    if (uid === 0 && found.uid !== 0 && found.uid !== NOBODY) return false
    await chmod(folder, 0o700)
    return true
  } catch {
    return false
  }
}

/** The account of last resort for a server that root starts. */
export const NOBODY = 65_534
