import path from 'node:path'
import type { BackupPlace } from '#db/backup/backup-folder.ts'
import type { OnProgress } from '#db/backup/format.ts'
import type { Backup, BackupKind } from '#shared/backup.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { AppContext } from '../context.ts'

/** The backups of the database that this app uses. What does the work is loaded when it is asked for. */
export interface BackupStore {
  folder: string
  list(signal: AbortSignal): Promise<Backup[]>
  create(kind: BackupKind, signal: AbortSignal, onProgress?: OnProgress): Promise<Backup>
  /** Makes the backup of the day, unless there is one of the last 24 hours. Returns whether it did. */
  createDaily(signal: AbortSignal): Promise<boolean>
  /** Replaces the database. Throws RefusedError, with nothing changed, when that cannot be. */
  restore(name: string, signal: AbortSignal, onProgress?: OnProgress): Promise<Backup>
}

export interface BackupStoreOptions extends BackupPlace {
  /** Whether the server is the app's own, where databases can change places. */
  isEmbedded: boolean
}

export function openBackups(options: BackupStoreOptions): BackupStore {
  const { folder, migrations, isEmbedded } = options
  const load = () => import('#db/backup/backup-folder.ts')

  async function list(signal: AbortSignal): Promise<Backup[]> {
    return (await load()).listBackupFiles(options, signal)
  }

  async function find(name: string, signal: AbortSignal): Promise<Backup> {
    const found = (await list(signal)).find((backup) => backup.name === name)
    if (!found) throw new NotFoundError('Backup', name)
    return found
  }

  return {
    folder,
    list,
    async create(kind, signal, onProgress) {
      const { file } = await (await load()).addBackup(options, kind, signal, onProgress)
      return find(path.basename(file), signal)
    },
    createDaily: async (signal) => (await (await load()).addDailyBackup(options, signal)) !== null,
    async restore(name, signal, onProgress) {
      const backup = await find(name, signal)
      const { restoreBySwap, restoreInside } = await import('#db/backup/restore.ts')
      const { connection } = options
      const work = { connection, migrations, file: path.join(folder, name), signal, onProgress }
      await (isEmbedded ? restoreBySwap(work) : restoreInside({ ...work, force: false }))
      return backup
    },
  }
}

/** All backups, newest first. */
export function listBackups(ctx: Pick<AppContext, 'backups'>, signal: AbortSignal): Promise<Backup[]> {
  return ctx.backups.list(signal)
}

/** Backs the database up now; verified when it returns. */
export async function createBackup(
  ctx: Pick<AppContext, 'backups' | 'log'>,
  signal: AbortSignal,
  onProgress?: OnProgress,
): Promise<Backup> {
  const backup = await ctx.backups.create('manual', signal, onProgress)
  ctx.log.info({ event: 'backup_created', name: backup.name, size: backup.size }, 'backed up')
  return backup
}

/** Replaces the database by a backup. Windows must load everything anew afterwards. */
export async function restoreBackup(
  ctx: Pick<AppContext, 'backups' | 'log' | 'wakeups'>,
  name: string,
  signal: AbortSignal,
  onProgress?: OnProgress,
): Promise<Backup> {
  const backup = await ctx.backups.restore(name, signal, onProgress)
  ctx.log.warn({ event: 'backup_restored', name }, 'the database was replaced by a backup')
  ctx.wakeups.wakeAll()
  return backup
}

/** Shows the folder of backups in the system's file manager. */
export async function openBackupFolder(ctx: Pick<AppContext, 'backups' | 'desktop'>): Promise<void> {
  await ctx.desktop.openPath(ctx.backups.folder)
}
