import { setTimeout as delay } from 'node:timers/promises'
import type { DatabaseLog } from '#db/log.ts'
import type { BackupStore } from './backups.ts'

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
  const closing = new AbortController()
  const { signal } = closing
  const done = loop().catch(() => {}) // the wait was ended
  async function loop(): Promise<void> {
    await delay(firstMs, undefined, { signal, ref: false })
    for (;;) {
      try {
        if (await backups.createDaily(signal))
          log.info({ event: 'backup_daily' }, 'made the backup of the day')
      } catch (error) {
        if (!signal.aborted) log.warn({ event: 'backup_failed', err: error }, 'the backup of the day failed')
      }
      await delay(everyMs, undefined, { signal, ref: false })
    }
  }
  return {
    async [Symbol.asyncDispose]() {
      closing.abort()
      await done
    },
  }
}
