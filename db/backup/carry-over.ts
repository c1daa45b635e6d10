import type pg from 'pg'
import { readMigrations } from '../migration-files.ts'
import { compareMigrations, refuseUnfit } from '../migration-plan.ts'
import { readApplied } from '../migration-table.ts'
import { addBackup, type BackupPlace, listBackupFiles } from './backup-folder.ts'
import { loadBackup } from './load-backup.ts'
import { openSession } from './session.ts'

/** What takes rows from a server of one PostgreSQL major to another: a backup that is kept, and its restore. */
export function carryOverBy(place: Omit<BackupPlace, 'connection'>) {
  return {
    async save(connection: pg.ClientConfig, signal: AbortSignal): Promise<string | null> {
      if (!(await hasSchema(connection, place.migrations, signal))) return null
      return (await addBackup({ ...place, connection }, 'upgrade', signal)).file
    },
    async load(connection: pg.ClientConfig, file: string, signal: AbortSignal): Promise<void> {
      await using session = await openSession(connection, signal)
      await loadBackup(session.client, { file, migrations: place.migrations, signal, toHead: false })
    },
    async newestBackup(): Promise<Date | null> {
      const found = await listBackupFiles(place, AbortSignal.timeout(NEWEST_LIMIT_MS))
      return found.find(({ problem }) => problem === null)?.created_at ?? null
    },
  }
}

const NEWEST_LIMIT_MS = 30_000

/** False for a database that was made, and then never migrated. Throws when it is newer than this app. */
async function hasSchema(
  connection: pg.ClientConfig,
  migrations: string,
  signal: AbortSignal,
): Promise<boolean> {
  await using session = await openSession(connection, signal)
  const known = await readMigrations(migrations)
  const state = compareMigrations(known, await readApplied(session.client))
  refuseUnfit(known, state)
  return state.applied.length > 0
}
