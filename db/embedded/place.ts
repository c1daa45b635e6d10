import { cp, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { UnavailableError } from '#shared/errors.ts'
import { canReach, chooseAccount, type ServerAccount } from './account.ts'
import { findBinaries, programOf, type ServerBinaries } from './binaries.ts'
import { holdFolderLock } from './folder-lock.ts'
import { lockFolderOf, movedFileOf, resolveDataFolder, shortNameOf } from './folders.ts'

/** Where the server's parts are, and as whom it runs. */
export interface ServerPlace {
  dataFolder: string
  binaries: ServerBinaries
  account: ServerAccount
}

/**
 * Decides who runs the server and where. Only where root may not use namespaces, and so another account has to run it,
 * do binaries and data that this account cannot reach move to a folder that it can.
 */
export async function findPlace(asked: string, signal: AbortSignal): Promise<ServerPlace> {
  await mkdir(dirname(asked), { recursive: true, mode: 0o700 })
  const [binaries, account] = await Promise.all([findBinaries(), chooseAccount(signal)])
  const dataFolder = await resolveDataFolder(asked)
  if (account.kind !== 'nobody') return { dataFolder, binaries, account }
  const isReached = await canReach(account, programOf(binaries, 'postgres'), signal)
  return {
    account,
    binaries: isReached ? binaries : await shelterBinaries(binaries, account, signal),
    dataFolder: await shelterData(dataFolder, account, signal),
  }
}

async function shelterBinaries(
  binaries: ServerBinaries,
  account: ServerAccount,
  signal: AbortSignal,
): Promise<ServerBinaries> {
  const root = join(await findShelter(account, signal), `postgresql-${binaries.version}`)
  if (!(await exists(root))) {
    const unfinished = `${root}.tmp-${process.pid}`
    await rm(unfinished, { recursive: true, force: true })
    await cp(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true })
    await rename(unfinished, root).catch(async (error: unknown) => {
      await rm(unfinished, { recursive: true, force: true })
      if (!(await exists(root))) throw error // else another instance was faster
    })
  }
  return { ...binaries, root }
}

/** Moves what is there already; the file beside the old place tells every later start where it went. */
async function shelterData(dataFolder: string, account: ServerAccount, signal: AbortSignal): Promise<string> {
  if (await canReach(account, dirname(dataFolder), signal)) return dataFolder
  await using _lock = await holdFolderLock(lockFolderOf(dataFolder), signal)
  const moved = join(await findShelter(account, signal), `data-${shortNameOf(dataFolder)}`)
  if ((await exists(dataFolder)) && !(await exists(moved))) {
    const unfinished = `${moved}.tmp-${process.pid}`
    await cp(dataFolder, unfinished, { recursive: true, preserveTimestamps: true, mode: 0 })
    await rename(unfinished, moved)
    await rename(dataFolder, `${dataFolder}.before-move`)
  }
  await writeFile(movedFileOf(dataFolder), `${moved}\n`, { mode: 0o600 })
  return moved
}

/** A folder of root's that everybody may pass through. */
async function findShelter(account: ServerAccount, signal: AbortSignal): Promise<string> {
  for (const folder of ['/var/lib/agent-rangers', join(tmpdir(), 'agent-rangers')]) {
    const isMade = await mkdir(folder, { recursive: true, mode: 0o711 }).then(
      () => true,
      () => false,
    )
    if (isMade && (await lstat(folder)).uid === 0 && (await canReach(account, folder, signal))) return folder
  }
  throw new UnavailableError(
    'DATABASE_ACCOUNT',
    'PostgreSQL cannot run as root, and no folder here is open to another account. Run as an ordinary user, or set DATABASE_URL.',
  )
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
