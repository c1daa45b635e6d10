import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { BackupPlace } from '#db/backup/backup-folder.ts'
import type { OnProgress } from '#db/backup/format.ts'
import type { Backup, BackupKind, BackupWork, RestoreBackup, Restored } from '#shared/backup.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { AppContext } from '../context.ts'
import { BackupDesk, type DeskTask } from './backup-desk.ts'
import { stopAgents } from './stop-agents.ts'

/** The backups of the database that this app uses. What does the work is loaded when it is asked for. */
export interface BackupStore {
  folder: string
  /** What is asked for by a person, one at a time. */
  desk: BackupDesk
  list(signal: AbortSignal): Promise<Backup[]>
  create(kind: BackupKind, signal: AbortSignal, onProgress?: OnProgress): Promise<Backup>
  /** Makes the backup of the day, unless there is one of the last 24 hours. Returns whether it did. */
  createDaily(signal: AbortSignal): Promise<boolean>
  /** Replaces the database, after a backup of it. Throws RefusedError, with nothing changed, when that cannot be. */
  restore(name: string, task: DeskTask): Promise<Restored>
}

export interface BackupStoreOptions extends BackupPlace {
  /** Whether the server is the app's own, where databases can change places. */
  isEmbedded: boolean
}

export function openBackups(options: BackupStoreOptions): BackupStore {
  const { folder, migrations, isEmbedded, connection } = options
  const load = () => import('#db/backup/backup-folder.ts')

  async function list(signal: AbortSignal): Promise<Backup[]> {
    return (await load()).listBackupFiles(options, signal)
  }

  async function find(name: string, signal: AbortSignal): Promise<Backup> {
    const found = (await list(signal)).find((backup) => backup.name === name)
    if (!found) throw new NotFoundError('Backup', name)
    return found
  }

  async function create(
    kind: BackupKind,
    signal: AbortSignal,
    onProgress?: OnProgress,
    isLocked = false,
  ): Promise<Backup> {
    const { file } = await (await load()).addBackup({ ...options, isLocked }, kind, signal, onProgress)
    return find(path.basename(file), signal)
  }

  async function restore(name: string, { signal, at }: DeskTask): Promise<Restored> {
    const backup = await find(name, signal)
    const { restoreBySwap, restoreInside } = await import('#db/backup/restore.ts')
    const file = path.join(folder, name)
    const work = { connection, migrations, file, signal, onProgress: at('restore') }
    if (!isEmbedded) {
      await restoreInside({ ...work, force: false })
      return { backup, before: null }
    }
    const saved = await restoreBySwap({ ...work, save: () => create('restore', signal, at('backup'), true) })
    return { backup, before: saved }
  }

  const desk = new BackupDesk()

  async function createDaily(signal: AbortSignal): Promise<boolean> {
    const { addDailyBackup } = await load()
    const isMade = (await addDailyBackup(options, signal)) !== null
    if (isMade) desk.tellMade()
    return isMade
  }

  return { folder, desk, list, create, createDaily, restore }
}

/** All backups, newest first. */
export function listBackups(ctx: Pick<AppContext, 'backups'>, signal: AbortSignal): Promise<Backup[]> {
  return ctx.backups.list(signal)
}

/** Backs the database up now; verified when it returns. */
export function createBackup(ctx: Pick<AppContext, 'backups' | 'log'>, signal: AbortSignal): Promise<Backup> {
  const { backups, log } = ctx
  return backups.desk.run('backup', signal, async (task) => {
    const backup = await backups.create('manual', task.signal, task.at('backup'))
    log.info({ event: 'backup_created', name: backup.name, size: backup.size }, 'backed up')
    return backup
  })
}

/** Replaces the database by a backup. All windows, of other apps on it too, hear of it and load everything anew. */
export function restoreBackup(
  ctx: Pick<AppContext, 'backups' | 'log' | 'wakeups'> & Parameters<typeof stopAgents>[0],
  { name, stop_agents }: RestoreBackup,
  signal: AbortSignal,
): Promise<Restored> {
  return ctx.backups.desk.run('restore', signal, async (task) => {
    if (stop_agents) await stopAgents(ctx, task.signal)
    const restored = await ctx.backups.restore(name, task)
    const before = restored.before?.name
    ctx.log.warn({ event: 'backup_restored', name, before }, 'the database was replaced by a backup')
    ctx.wakeups.wakeAll()
    return restored
  })
}

/** Ends the backup or restore that is under way, without a trace. */
export function cancelBackupWork(ctx: Pick<AppContext, 'backups'>): boolean {
  return ctx.backups.desk.cancel()
}

/** The backup or restore that is under way, now and with each change. */
export function followBackupWork(
  ctx: Pick<AppContext, 'backups'>,
  signal: AbortSignal,
): AsyncGenerator<BackupWork | null> {
  return ctx.backups.desk.follow(signal)
}

/** Shows the folder of backups in the system's file manager. */
export async function openBackupFolder(ctx: Pick<AppContext, 'backups' | 'desktop'>): Promise<void> {
  await mkdir(ctx.backups.folder, { recursive: true, mode: 0o700 })
  await ctx.desktop.openPath(ctx.backups.folder)
}
