import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backup, BackupKind } from '#shared/backup.ts'
import { AppError } from '#shared/errors.ts'
import type { DatabaseOptions } from '../client.ts'
import { createBackup, type Verification } from './backup.ts'
import type { BackupHeader, OnProgress } from './format.ts'
import { hasRows, inspectBackup } from './restore.ts'
import { openSession } from './session.ts'

/** A database and the folder in which its backups are. */
export interface BackupPlace {
  connection: DatabaseOptions['connection']
  /** The folder of backups; made when the first one is. */
  folder: string
  /** The folder of migrations. */
  migrations: string
  appVersion: string
  now: () => Date
  /** The caller holds the backup lock already. */
  isLocked?: boolean
}

/** How many of those that nobody asked for are kept, of each kind. */
const KEPT = 7
const DAY_MS = 24 * 3600 * 1000
const NAME = /-(manual|daily|migration|restore|upgrade)\.backup\.gz$/

/** The backups of a folder, newest first; those that cannot be restored say why. */
export async function listBackupFiles(
  { folder, migrations }: Pick<BackupPlace, 'folder' | 'migrations'>,
  signal: AbortSignal,
): Promise<Backup[]> {
  const names = await readdir(folder).catch(() => [])
  const found = names.filter((name) => NAME.test(name)).sort()
  return Promise.all(found.reverse().map((name) => inspectFile(folder, name, migrations, signal)))
}

/** Makes a verified backup in the folder, then removes the oldest of its kind beyond seven. On-demand ones stay. */
export async function addBackup(
  place: BackupPlace,
  kind: BackupKind,
  signal: AbortSignal,
  onProgress?: OnProgress,
): Promise<{ file: string; header: BackupHeader; verified: Verification }> {
  await mkdir(place.folder, { recursive: true, mode: 0o700 })
  const now = place.now()
  const file = join(place.folder, fileName(now, kind))
  const made = await createBackup({ ...place, file, now, kind, signal, onProgress })
  await prune(place.folder, kind)
  return { file, ...made }
}

/** The backup of the day, when the newest one is older than 24 hours and there is anything to keep; else null. */
export async function addDailyBackup(place: BackupPlace, signal: AbortSignal): Promise<string | null> {
  const newest = (await namesOf(place.folder, 'daily')).at(-1)
  const made = newest ? (await stat(join(place.folder, newest))).mtimeMs : 0
  if (place.now().getTime() - made < DAY_MS) return null
  {
    await using session = await openSession(place.connection, signal)
    if (!(await hasRows(session.client, place.migrations))) return null
  }
  return (await addBackup(place, 'daily', signal)).file
}

async function inspectFile(
  folder: string,
  name: string,
  migrations: string,
  signal: AbortSignal,
): Promise<Backup> {
  const file = join(folder, name)
  const { size, mtime } = await stat(file)
  const kind = kindOf(name)
  try {
    const header = await inspectBackup(file, migrations, signal)
    const rows = header.tables.reduce((sum, table) => sum + table.rows, 0)
    const rowsOf = (table: string) => header.tables.find((each) => each.name === table)?.rows ?? 0
    const holds = { rows, boards: rowsOf('boards'), cards: rowsOf('tasks') }
    const { app_version, created_at } = header
    return { name, kind, size, app_version, ...holds, created_at: new Date(created_at), problem: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const holds = { app_version: '', rows: 0, boards: 0, cards: 0 }
    return { name, kind, size, ...holds, created_at: mtime, problem: error.message }
  }
}

async function prune(folder: string, kind: BackupKind): Promise<void> {
  if (kind === 'manual') return
  const old = (await namesOf(folder, kind)).slice(0, -KEPT)
  for (const name of old) await rm(join(folder, name), { force: true })
}

/** Oldest first. */
async function namesOf(folder: string, kind: BackupKind): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => NAME.test(name) && kindOf(name) === kind).sort()
}

/** `20260203T040506Z-daily.backup.gz`: sorted by name is sorted by time. */
function fileName(now: Date, kind: BackupKind): string {
  return `${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${kind}.backup.gz`
}

function kindOf(name: string): BackupKind {
  return (NAME.exec(name)?.[1] ?? 'manual') as BackupKind
}
