import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addBackup, addDailyBackup, listBackupFiles } from '#db/backup/backup-folder.ts'
import { inspectBackup } from '#db/backup/restore.ts'
import {
  type BackupFixture,
  eachWithBackups,
  migrations,
  now,
  placeOf,
  signal,
} from '../helpers/backup-fixture.ts'
import { fillEveryTable } from '../helpers/every-table.ts'
import type { TestDatabase } from '../helpers/test-database.ts'

let at: BackupFixture
let database: TestDatabase
let folder: string
eachWithBackups((made) => {
  at = made
  ;({ database, folder } = made)
})

describe('the folder of backups', () => {
  test('keeps seven of each kind that nobody asked for, and all of the others', async () => {
    await fillEveryTable(database.pool)
    for (let hour = 0; hour < 9; hour++) {
      const later = { ...placeOf(at), now: () => new Date(now.getTime() + hour * 3600_000) }
      await addBackup(later, 'daily', signal())
      if (hour < 2) await addBackup(later, 'manual', signal())
    }
    const found = await listBackupFiles(placeOf(at), signal())
    expect(found.filter(({ kind }) => kind === 'daily').map(({ name }) => name.slice(9, 11))).toEqual([
      '12',
      '11',
      '10',
      '09',
      '08',
      '07',
      '06',
    ])
    expect(found.filter(({ kind }) => kind === 'manual')).toHaveLength(2)
    // Eleven backups, each restored on trial.
  }, 120_000)

  test('tells of each file what it is, and of a broken one what is wrong', async () => {
    await fillEveryTable(database.pool)
    const { file: good } = await addBackup(placeOf(at), 'manual', signal())
    await writeFile(join(folder, '20200101T000000Z-daily.backup.gz'), 'hello')
    await appendFile(join(folder, 'notes.txt'), 'not ours')
    const [first, second, ...more] = await listBackupFiles(placeOf(at), signal())
    expect(first).toMatchObject({
      name: '20260203T040506Z-manual.backup.gz',
      kind: 'manual',
      app_version: '1.2.3',
    })
    expect(first?.problem).toBeNull()
    expect(first?.rows).toBeGreaterThan(5)
    expect(second?.problem).toContain('damaged: it is no backup')
    expect(more).toEqual([])
    await expect(inspectBackup(good, migrations, signal())).resolves.toMatchObject({
      created_at: now.toISOString(),
    })
  })

  test('gets one backup a day, as soon as there is anything to keep', async () => {
    expect(await addDailyBackup(placeOf(at), signal())).toBeNull()
    await fillEveryTable(database.pool)
    const real = { ...placeOf(at), now: () => new Date() }
    expect(await addDailyBackup(real, signal())).toMatch(/-daily\.backup\.gz$/)
    expect(await addDailyBackup(real, signal())).toBeNull()
    const tomorrow = { ...placeOf(at), now: () => new Date(Date.now() + 25 * 3600_000) }
    expect(await addDailyBackup(tomorrow, signal())).not.toBeNull()
  })
})
