import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UnavailableError } from '#shared/errors.ts'
import { ownerOf, prepareCommand, type ServerAccount } from './account.ts'
import { programOf, type ServerBinaries } from './binaries.ts'
import { SERVER_USER } from './stop-server.ts'

/** Which major version of PostgreSQL made the folder; undefined where no database is. */
export async function majorOf(dataFolder: string): Promise<number | undefined> {
  const version = await readFile(join(dataFolder, 'PG_VERSION'), 'utf8').catch(unlessMissing)
  return version === undefined ? undefined : Number.parseInt(version, 10)
}

/** True when the folder holds a database that these binaries can open. Throws when it holds anything else. */
export async function isInitialised(dataFolder: string, binaries: ServerBinaries): Promise<boolean> {
  const major = await majorOf(dataFolder)
  if (major === binaries.major) return true
  if (major !== undefined) throw otherMajor(dataFolder, major, binaries)
  const names = (await readdir(dataFolder).catch(unlessMissing)) ?? []
  if (names.length === 0) return false
  throw new UnavailableError(
    'DATA_FOLDER_FOREIGN',
    `${dataFolder} holds files that are no database. Move them away, or set RANGERS_DATA_DIR to another folder.`,
  )
}

function otherMajor(dataFolder: string, major: number, binaries: ServerBinaries): UnavailableError {
  return new UnavailableError(
    'DATABASE_VERSION',
    `The database in ${dataFolder} was made by PostgreSQL ${major}, this app brings ${binaries.major}. ` +
      `Start the version of Agent Rangers that made it, or set RANGERS_DATA_DIR to another folder. Nothing was changed.`,
  )
}

/**
 * Makes the database beside its final place and moves it there when it is complete, so that a process that is killed
 * meanwhile leaves nothing half-made. The caller holds the folder's lock, hence what others left can be removed.
 */
export async function initialise(
  dataFolder: string,
  binaries: ServerBinaries,
  account: ServerAccount,
  signal: AbortSignal,
): Promise<void> {
  await removeUnfinished(dataFolder)
  const unfinished = `${dataFolder}.tmp-${process.pid}`
  await mkdir(unfinished, { mode: 0o700 })
  try {
    await takeOver(unfinished, account)
    await runInitdb(unfinished, binaries, account, signal)
    await rename(unfinished, dataFolder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** Hands a folder and all in it to the account that the server runs as; only root has to. */
export async function takeOver(folder: string, account: ServerAccount): Promise<void> {
  const owner = ownerOf(account)
  if (owner === undefined) return
  const found = await lstat(folder)
  if (found.uid === owner.uid) return
  if (found.isDirectory())
    for (const name of await readdir(folder)) await takeOver(join(folder, name), account)
  await chown(folder, owner.uid, owner.gid) // last: a walk that is cut short begins again
}

/** The server refuses a folder that others may enter, as a copy through another file system leaves it. */
export async function makePrivate(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const { mode } = await lstat(folder)
  if ((mode & 0o777) !== 0o700) await chmod(folder, 0o700)
}

/** On Windows, where a socket in a private folder cannot guard the server. */
export function passwordFileOf(dataFolder: string): string {
  return `${dataFolder}.password`
}

async function removeUnfinished(dataFolder: string): Promise<void> {
  const parent = dirname(dataFolder)
  const prefix = `${basename(dataFolder)}.tmp-`
  const left = (await readdir(parent)).filter((name) => name.startsWith(prefix))
  // The initdb of an app that was killed may still be writing there; it gives up when its files vanish.
  const persistently = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }
  await Promise.all(left.map((name) => rm(join(parent, name), persistently)))
}

async function runInitdb(
  folder: string,
  binaries: ServerBinaries,
  account: ServerAccount,
  signal: AbortSignal,
): Promise<void> {
  const args = [
    '-D',
    folder,
    '--username',
    SERVER_USER,
    '--encoding',
    'UTF8',
    '--no-locale',
    '--data-checksums',
  ]
  args.push('--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--no-instructions')
  if (process.platform === 'win32') {
    const passwordFile = passwordFileOf(folder.replace(/\.tmp-\d+$/, ''))
    const password = randomBytes(24).toString('base64url')
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' }).catch(unlessThere)
    args.push('--auth', 'scram-sha-256', '--pwfile', passwordFile)
  } else {
    args.push('--auth', 'trust') // whoever may enter the socket's folder
  }
  await runToEnd(prepareCommand(account, programOf(binaries, 'initdb'), args), signal)
}

/** Runs a program in a process group of its own, which ends with `signal`. Rejects with what it said when it fails. */
async function runToEnd(
  { file, args, options }: ReturnType<typeof prepareCommand>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
  }
  const end = () => child.pid !== undefined && endGroup(child.pid)
  signal.addEventListener('abort', end, { once: true })
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    signal.throwIfAborted()
    if (code !== 0) throw new Error(`${basename(file)} ended with ${code}: ${output.join('').trim()}`)
  } finally {
    signal.removeEventListener('abort', end)
  }
}

function endGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // it ended by itself
  }
}

/** The password of the server that this one takes the place of stays. */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}
