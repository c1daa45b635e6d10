import { appendFile, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBackup } from '#db/backup/backup.ts'
import { addBackup, addDailyBackup, listBackupFiles } from '#db/backup/backup-folder.ts'
import { inspectBackup, restoreBySwap, restoreInside } from '#db/backup/restore.ts'
import { migrateDown } from '#db/migrate.ts'
import { urlOf } from '../helpers/database-url.ts'
import { describeSchema } from '../helpers/describe-schema.ts'
import { fillEveryTable, readEverything } from '../helpers/every-table.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

const migrations = resolve('migrations')
const now = new Date('2026-02-03T04:05:06.789Z')
let database: TestDatabase
let folder: string
let file: string

beforeEach(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'rangers-backups-'))
  file = join(folder, 'one.backup.gz')
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

const signal = () => AbortSignal.timeout(60_000)
const place = () => ({
  connection: database.connection,
  migrations,
  folder,
  appVersion: '1.2.3',
  now: () => now,
})
const backUp = (more: object = {}) =>
  createBackup({ ...place(), file, kind: 'manual', now, signal: signal(), ...more })

async function leftovers(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE $1`,
    [`${database.name}\\_%`],
  )
  return rows.map(({ name }) => name)
}

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

describe('a backup', () => {
  test('brings back rows of every table into an empty database, and sequences go on', async () => {
    await fillEveryTable(database.pool)
    const { header, verified } = await backUp()
    expect(verified).toBe('restored')
    expect(header.tables.filter(({ rows }) => rows === 0)).toEqual([])
    await using other = await createTestDatabase({ migrated: false })
    await restoreInside({
      connection: urlOf(other.connection),
      file,
      migrations,
      signal: signal(),
      force: false,
    })
    expect(await readEverything(other.pool)).toEqual(await readEverything(database.pool))
    expect(await describeSchema(other.pool)).toEqual(await describeSchema(database.pool))
    const insert = `INSERT INTO board_events (board_id, type, data) SELECT id, 'x', '{}' FROM boards LIMIT 1 RETURNING id`
    const [before, after] = [await database.pool.query(insert), await other.pool.query(insert)]
    expect(after.rows).toEqual(before.rows)
    expect(await leftovers()).toEqual([])
  })

  test('of a database in use holds one moment', async () => {
    const { pool } = database
    await fillEveryTable(pool)
    let writing = true
    const writer = (async () => {
      while (writing) {
        // Both in one transaction: a backup that saw one without the other would be torn.
        await pool.query(`WITH p AS (INSERT INTO projects (name, path, is_repository) VALUES ('p', gen_random_uuid()::text, false) RETURNING id)
          INSERT INTO boards (name, key, project_id) SELECT 'b', 'K' || floor(random() * 1e8)::int, id FROM p`)
      }
    })()
    const { header } = await backUp().finally(() => {
      writing = false
    })
    await writer
    const rows = Object.fromEntries(header.tables.map((table) => [table.name, table.rows]))
    expect(rows.boards).toBe(rows.projects)
  })

  test('of an older revision comes back at the newest one', async () => {
    await fillEveryTable(database.pool)
    const newest = await describeSchema(database.pool)
    await migrateDown(database.pool, { folder: migrations, target: '0001' })
    const { header } = await backUp()
    expect(header.revisions.map(({ revision }) => revision)).toEqual(['0001'])
    await using other = await createTestDatabase({ migrated: false })
    await restoreInside({ connection: other.connection, file, migrations, signal: signal(), force: false })
    expect(await describeSchema(other.pool)).toEqual(newest)
    const { rows } = await other.pool.query('SELECT count(*)::int AS n FROM boards')
    expect(rows).toEqual([{ n: 1 }])
  })

  test('leaves tables of others alone', async () => {
    await database.pool.query(
      'CREATE TABLE strangers (id serial, note text); INSERT INTO strangers (note) VALUES (1)',
    )
    await fillEveryTable(database.pool)
    const { header } = await backUp()
    expect(header.tables.map(({ name }) => name)).not.toContain('strangers')
    await restoreInside({ ...place(), file, signal: signal(), force: true })
    expect((await database.pool.query('SELECT note FROM strangers')).rows).toEqual([{ note: '1' }])
  })

  test('that is cancelled leaves no file and no database', async () => {
    await fillEveryTable(database.pool)
    for (const step of ['copy', 'load', 'verify']) {
      const cancel = new AbortController()
      const onProgress = (progress: { step: string }) => {
        if (progress.step === step) cancel.abort(new Error(`cancelled at ${step}`))
      }
      await expect(backUp({ signal: cancel.signal, onProgress })).rejects.toThrow(`cancelled at ${step}`)
      expect(await readdir(folder)).toEqual([])
    }
    expect(await leftovers()).toEqual([])
  })

  test('that finds the disk full says so and leaves nothing', async () => {
    await fillEveryTable(database.pool)
    await symlink('/dev/full', `${file}.partial`)
    await expect(backUp()).rejects.toThrow(`There is no space left for the backup in ${folder}.`)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a damaged file is refused, and the database stays', () => {
  const restore = () => restoreInside({ ...place(), file, signal: signal(), force: true })
  let before: unknown
  beforeEach(async () => {
    await fillEveryTable(database.pool)
    before = await readEverything(database.pool)
    await backUp()
  })
  afterEach(async () => {
    expect(await readEverything(database.pool)).toEqual(before)
  })

  test('cut off', async () => {
    await truncate(file, (await readFile(file)).length - 200)
    await expect(restore()).rejects.toThrow('one.backup.gz is damaged: its end is missing. Use another one.')
  })
  test('no backup at all', async () => {
    await writeFile(file, 'hello')
    await expect(restore()).rejects.toThrow('is damaged: it is no backup')
    await writeFile(file, gzipSync('hello\n'))
    await expect(restore()).rejects.toThrow('is damaged: a line is not where it should be')
    await rm(file)
    await expect(restore()).rejects.toThrow(`There is no file ${file}.`)
  })
  test('one letter of a row changed', async () => {
    const text = gunzipSync(await readFile(file)).toString()
    await writeFile(file, gzipSync(text.replace('Mend the sum', 'Mend the sun')))
    await expect(restore()).rejects.toThrow('its contents do not fit its checksums')
  })
  test('of a newer app', async () => {
    const text = gunzipSync(await readFile(file)).toString()
    await writeFile(file, gzipSync(text.replace('"revision":"0002"', '"revision":"9999"')))
    await expect(restore()).rejects.toThrow(
      'made by version 1.2.3 of Agent Rangers, with migrations that this version',
    )
  })
})

describe('a restore', () => {
  test('on a server of others asks for force when there are rows', async () => {
    await fillEveryTable(database.pool)
    await backUp()
    const before = await readEverything(database.pool)
    await database.pool.query(`UPDATE tasks SET title = 'changed'`)
    await expect(restoreInside({ ...place(), file, signal: signal(), force: false })).rejects.toThrow(
      'add --force',
    )
    await restoreInside({ ...place(), file, signal: signal(), force: true })
    expect(await readEverything(database.pool)).toEqual(before)
  })

  test('on the own server changes places with the database in use and keeps the old one', async () => {
    await fillEveryTable(database.pool)
    await backUp()
    await database.pool.query(`UPDATE tasks SET title = 'changed'`)
    const titles = async () => (await database.pool.query('SELECT DISTINCT title FROM tasks')).rows
    await restoreBySwap({ ...place(), file, signal: signal(), save: async () => {} })
    await expect.poll(titles).toEqual([{ title: 'Mend the sum' }])
    expect(await leftovers()).toEqual([`${database.name}_before_restore`])
    await restoreBySwap({ ...place(), file, signal: signal(), save: async () => {} })
    await expect.poll(titles).toEqual([{ title: 'Mend the sum' }])
    expect(await leftovers()).toEqual([`${database.name}_before_restore`])
    await using admin = await createTestDatabase()
    await admin.pool.query(`DROP DATABASE ${database.name}_before_restore`)
  })

  test('that fails leaves the database as it was, connections included, and nothing else', async () => {
    await fillEveryTable(database.pool)
    await backUp()
    const text = gunzipSync(await readFile(file)).toString()
    await writeFile(file, gzipSync(text.replace('Mend the sum', 'Mend the sun')))
    const before = await readEverything(database.pool)
    const client = await database.pool.connect()
    await expect(restoreBySwap({ ...place(), file, signal: signal(), save: async () => {} })).rejects.toThrow(
      'checksums',
    )
    await client.query('SELECT 1')
    client.release()
    expect(await readEverything(database.pool)).toEqual(before)
    expect(await leftovers()).toEqual([])
  })

  test('clears away what a broken off one has left', async () => {
    await fillEveryTable(database.pool)
    await database.pool.query(`CREATE DATABASE ${database.name}_verify_0123abcd`)
    await backUp()
    expect(await leftovers()).toEqual([])
  })

  test('saves what it replaces exactly: who wants to write waits, and is then refused', async () => {
    await fillEveryTable(database.pool)
    await backUp()
    let write: Promise<unknown> = Promise.resolve()
    const saved = await restoreBySwap({
      ...place(),
      file,
      signal: signal(),
      async save() {
        write = database.pool.query(`UPDATE tasks SET title = 'late'`).catch((error: Error) => error)
        await untilBlocked(database)
        return addBackup({ ...place(), isLocked: true }, 'restore', signal())
      },
    })
    // It was refused, so nobody believes that it was written.
    expect(await write).toBeInstanceOf(Error)
    const header = await inspectBackup(saved.file, migrations, signal())
    expect(header.kind).toBe('restore')
    const titles = async () => (await database.pool.query('SELECT DISTINCT title FROM tasks')).rows
    await expect.poll(() => titles().catch(() => [])).toEqual([{ title: 'Mend the sum' }])
    await restoreBySwap({ ...place(), file: saved.file, signal: signal(), save: async () => {} })
    await expect.poll(() => titles().catch(() => [])).toEqual([{ title: 'Mend the sum' }])
  })

  test('waits for no agents: it is refused while they work', async () => {
    await fillEveryTable(database.pool)
    await backUp()
    await database.pool.query(
      `UPDATE executions SET completed_at = NULL, lease_expires_at = now() + interval '1 minute'`,
    )
    await expect(restoreBySwap({ ...place(), file, signal: signal(), save: async () => {} })).rejects.toThrow(
      'Agents are at work',
    )
    expect(await leftovers()).toEqual([])
  })
})

describe('the folder of backups', () => {
  test('keeps seven of each kind that nobody asked for, and all of the others', async () => {
    await fillEveryTable(database.pool)
    for (let hour = 0; hour < 9; hour++) {
      const later = { ...place(), now: () => new Date(now.getTime() + hour * 3600_000) }
      await addBackup(later, 'daily', signal())
      if (hour < 2) await addBackup(later, 'manual', signal())
    }
    const found = await listBackupFiles(place(), signal())
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
    const { file: good } = await addBackup(place(), 'manual', signal())
    await writeFile(join(folder, '20200101T000000Z-daily.backup.gz'), 'hello')
    await appendFile(join(folder, 'notes.txt'), 'not ours')
    const [first, second, ...more] = await listBackupFiles(place(), signal())
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
    expect(await addDailyBackup(place(), signal())).toBeNull()
    await fillEveryTable(database.pool)
    const real = { ...place(), now: () => new Date() }
    expect(await addDailyBackup(real, signal())).toMatch(/-daily\.backup\.gz$/)
    expect(await addDailyBackup(real, signal())).toBeNull()
    const tomorrow = { ...place(), now: () => new Date(Date.now() + 25 * 3600_000) }
    expect(await addDailyBackup(tomorrow, signal())).not.toBeNull()
  })
})
