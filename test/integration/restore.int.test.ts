import { readFile, writeFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { addBackup } from '#db/backup/backup-folder.ts'
import { inspectBackup, restoreBySwap, restoreInside } from '#db/backup/restore.ts'
import {
  type BackupFixture,
  backUp,
  eachWithBackups,
  leftovers,
  migrations,
  placeOf,
  signal,
} from '../helpers/backup-fixture.ts'
import { fillEveryTable, readEverything } from '../helpers/every-table.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

let at: BackupFixture
let database: TestDatabase
let file: string
eachWithBackups((made) => {
  at = made
  ;({ database, file } = made)
})

/** Somebody waits for a lock in the database. */
async function untilBlocked({ name }: TestDatabase): Promise<void> {
  await using admin = await createTestDatabase()
  const waiting = async () =>
    (
      await admin.pool.query(`SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`, [
        name,
      ])
    ).rowCount
  await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThan(0)
}

describe('a restore', () => {
  test('on a server of others asks for force when there are rows', async () => {
    await fillEveryTable(database.pool)
    await backUp(at)
    const before = await readEverything(database.pool)
    await database.pool.query(`UPDATE tasks SET title = 'changed'`)
    await expect(restoreInside({ ...placeOf(at), file, signal: signal(), force: false })).rejects.toThrow(
      'add --force',
    )
    await restoreInside({ ...placeOf(at), file, signal: signal(), force: true })
    expect(await readEverything(database.pool)).toEqual(before)
  })

  test('on the own server changes places with the database in use and keeps the old one', async () => {
    await fillEveryTable(database.pool)
    await backUp(at)
    await database.pool.query(`UPDATE tasks SET title = 'changed'`)
    const titles = async () => (await database.pool.query('SELECT DISTINCT title FROM tasks')).rows
    await restoreBySwap({ ...placeOf(at), file, signal: signal(), save: async () => {} })
    await expect.poll(titles).toEqual([{ title: 'Mend the sum' }])
    expect(await leftovers(at)).toEqual([`${database.name}_before_restore`])
    await restoreBySwap({ ...placeOf(at), file, signal: signal(), save: async () => {} })
    await expect.poll(titles).toEqual([{ title: 'Mend the sum' }])
    expect(await leftovers(at)).toEqual([`${database.name}_before_restore`])
    await using admin = await createTestDatabase()
    await admin.pool.query(`DROP DATABASE ${database.name}_before_restore`)
  })

  test('that fails leaves the database as it was, connections included, and nothing else', async () => {
    await fillEveryTable(database.pool)
    await backUp(at)
    const text = gunzipSync(await readFile(file)).toString()
    await writeFile(file, gzipSync(text.replace('Mend the sum', 'Mend the sun')))
    const before = await readEverything(database.pool)
    const client = await database.pool.connect()
    await expect(
      restoreBySwap({ ...placeOf(at), file, signal: signal(), save: async () => {} }),
    ).rejects.toThrow('checksums')
    await client.query('SELECT 1')
    client.release()
    expect(await readEverything(database.pool)).toEqual(before)
    expect(await leftovers(at)).toEqual([])
  })

  test('clears away what a broken off one has left', async () => {
    await fillEveryTable(database.pool)
    await database.pool.query(`CREATE DATABASE ${database.name}_verify_0123abcd`)
    await backUp(at)
    expect(await leftovers(at)).toEqual([])
  })

  test('saves what it replaces exactly: who wants to write waits, and is then refused', async () => {
    await fillEveryTable(database.pool)
    await backUp(at)
    let write: Promise<unknown> = Promise.resolve()
    const saved = await restoreBySwap({
      ...placeOf(at),
      file,
      signal: signal(),
      async save() {
        write = database.pool.query(`UPDATE tasks SET title = 'late'`).catch((error: Error) => error)
        await untilBlocked(database)
        return addBackup({ ...placeOf(at), isLocked: true }, 'restore', signal())
      },
    })
    // It was refused, so nobody believes that it was written.
    expect(await write).toBeInstanceOf(Error)
    const header = await inspectBackup(saved.file, migrations, signal())
    expect(header.kind).toBe('restore')
    const titles = async () => (await database.pool.query('SELECT DISTINCT title FROM tasks')).rows
    await expect.poll(() => titles().catch(() => [])).toEqual([{ title: 'Mend the sum' }])
    await restoreBySwap({ ...placeOf(at), file: saved.file, signal: signal(), save: async () => {} })
    await expect.poll(() => titles().catch(() => [])).toEqual([{ title: 'Mend the sum' }])
  })

  test('waits for no agents: it is refused while they work', async () => {
    await fillEveryTable(database.pool)
    await backUp(at)
    await database.pool.query(
      `UPDATE executions SET completed_at = NULL, lease_expires_at = now() + interval '1 minute'`,
    )
    await expect(
      restoreBySwap({ ...placeOf(at), file, signal: signal(), save: async () => {} }),
    ).rejects.toThrow('Agents are at work')
    expect(await leftovers(at)).toEqual([])
  })
})
