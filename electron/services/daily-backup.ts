import type { DatabaseLog } from '#db/log.ts'
import type { BackupStore } from './backups.ts'
import { repeatWork } from './repeat-work.ts'

export interface DailyBackupOptions {
  log: Pick<DatabaseLog, 'info' | 'warn'>
  /** The start of the app must not wait for it. */
  firstMs?: number
  everyMs?: number
}

const FIRST_MS = 20_000
const HOUR_MS = 3600_000

/** Looks soon after the start, then every hour, whether the backup of the day is due. One that fails is logged. */
export function startDailyBackup(
  backups: Pick<BackupStore, 'createDaily'>,
  { log, firstMs = FIRST_MS, everyMs = HOUR_MS }: DailyBackupOptions,
): AsyncDisposable {
  const work = async (signal: AbortSignal) => {
    if (await backups.createDaily(signal)) log.info({ event: 'backup_daily' }, 'made the backup of the day')
  }
  return repeatWork({ name: 'backup', log, firstMs, everyMs, work })
}
