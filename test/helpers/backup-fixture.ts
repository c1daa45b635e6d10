import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { createBackup } from '#db/backup/backup.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

export const migrations = resolve('migrations')
export const now = new Date('2026-02-03T04:05:06.789Z')
export const signal = () => AbortSignal.timeout(60_000)

/** A database and a folder for its backups. */
export interface BackupFixture {
  database: TestDatabase
  folder: string
  file: string
}

/** Gives each test of a file its own. */
export function eachWithBackups(take: (made: BackupFixture) => void): void {
  let database: TestDatabase
  let folder: string
  beforeEach(async () => {
    database = await createTestDatabase()
    folder = await mkdtemp(join(tmpdir(), 'rangers-backups-'))
    take({ database, folder, file: join(folder, 'one.backup.gz') })
  })
  afterEach(async () => {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  })
}

export function placeOf({ database, folder }: BackupFixture) {
  return { connection: database.connection, migrations, folder, appVersion: '1.2.3', now: () => now }
}

export function backUp(at: BackupFixture, more: object = {}) {
  return createBackup({ ...placeOf(at), file: at.file, kind: 'manual', now, signal: signal(), ...more })
}

/** Databases that a backup or a restore has made beside the one of the test. */
export async function leftovers({ database }: BackupFixture): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE $1`,
    [`${database.name}\\_%`],
  )
  return rows.map(({ name }) => name)
}
