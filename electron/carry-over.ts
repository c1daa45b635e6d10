import path from 'node:path'
import type { CarryOver } from '#db/embedded/upgrade.ts'
import type { Config } from './config.ts'

interface CarryOverOptions {
  config: Pick<Config, 'dataFolder'>
  /** The folder with `migrations/`. */
  root: string
  version: string
  onStart?: CarryOver['onStart']
}

/** How the embedded server's data come from an older PostgreSQL to ours; loaded when that has to be. */
export function carryOverOf({ config, root, version, onStart }: CarryOverOptions): CarryOver {
  const load = async () =>
    (await import('#db/backup/carry-over.ts')).carryOverBy({
      folder: backupFolderOf(config),
      migrations: path.join(root, 'migrations'),
      appVersion: version,
      now: () => new Date(),
    })
  return {
    save: async (connection, signal) => (await load()).save(connection, signal),
    load: async (connection, file, signal) => (await load()).load(connection, file, signal),
    newestBackup: async () => (await load()).newestBackup(),
    ...(onStart ? { onStart } : {}),
  }
}

export function backupFolderOf(config: Pick<Config, 'dataFolder'>): string {
  return path.join(config.dataFolder, 'backups')
}
