import path from 'node:path'
import type { Database, DatabaseOptions } from '#db/client.ts'
import { migrateUp } from '#db/migrate.ts'
import { backupFolderOf } from './carry-over.ts'
import type { Logger } from './log.ts'
import type { AppOptions } from './open-app.ts'
import { type BackupStore, openBackups } from './services/backups.ts'
import { startDailyBackup } from './services/daily-backup.ts'
import type { Shutdown } from './shutdown.ts'

export interface OpenDatabase {
  pool: Database['pool']
  connection: DatabaseOptions['connection']
  isEmbedded: boolean
  log: Logger
}

/**
 * Brings the database to this version of the app, and opens its backups. The embedded one is backed up before a migration
 * takes something away, and every day; a server of others has its own keepers.
 */
export async function migrateDatabase(
  parts: Shutdown,
  { root, config, version, signal }: Pick<AppOptions, 'root' | 'config' | 'version' | 'signal'>,
  { pool, connection, isEmbedded, log }: OpenDatabase,
): Promise<BackupStore> {
  const migrations = path.join(root, 'migrations')
  const backups = openBackups({
    connection,
    isEmbedded,
    folder: backupFolderOf(config),
    migrations,
    appVersion: version,
    now: () => new Date(),
  })
  const beforeLoss = async () => {
    const backup = await backups.create('migration', signal)
    log.info({ event: 'backup_before_migration', name: backup.name }, 'backed up before migrating')
  }
  await migrateUp(pool, { folder: migrations, log, signal, ...(isEmbedded ? { beforeLoss } : {}) })
  if (isEmbedded) parts.use(startDailyBackup(backups, { log }))
  return backups
}
