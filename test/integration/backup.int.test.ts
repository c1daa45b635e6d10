import { readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { restoreInside } from '#db/backup/restore.ts'
import { migrateDown } from '#db/migrate.ts'
import {
  type BackupFixture,
  backUp,
  eachWithBackups,
  leftovers,
  migrations,
  placeOf,
  signal,
} from '../helpers/backup-fixture.ts'
import { urlOf } from '../helpers/database-url.ts'
import { describeSchema } from '../helpers/describe-schema.ts'
import { fillEveryTable, readEverything } from '../helpers/every-table.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

let at: BackupFixture
let database: TestDatabase
let folder: string
let file: string
eachWithBackups((made) => {
  at = made
  ;({ database, folder, file } = made)
})

describe('a backup', () => {
  test('brings back rows of every table into an empty database, and sequences go on', async () => {
    await fillEveryTable(database.pool)
    const { header, verified } = await backUp(at)
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
    expect(await leftovers(at)).toEqual([])
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
    const { header } = await backUp(at).finally(() => {
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
    const { header } = await backUp(at)
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
    const { header } = await backUp(at)
    expect(header.tables.map(({ name }) => name)).not.toContain('strangers')
    await restoreInside({ ...placeOf(at), file, signal: signal(), force: true })
    expect((await database.pool.query('SELECT note FROM strangers')).rows).toEqual([{ note: '1' }])
  })

  test('that is cancelled leaves no file and no database', async () => {
    await fillEveryTable(database.pool)
    for (const step of ['copy', 'load', 'verify']) {
      const cancel = new AbortController()
      const onProgress = (progress: { step: string }) => {
        if (progress.step === step) cancel.abort(new Error(`cancelled at ${step}`))
      }
      await expect(backUp(at, { signal: cancel.signal, onProgress })).rejects.toThrow(`cancelled at ${step}`)
      expect(await readdir(folder)).toEqual([])
    }
    expect(await leftovers(at)).toEqual([])
  })

  test('that finds the disk full says so and leaves nothing', async () => {
    await fillEveryTable(database.pool)
    await symlink('/dev/full', `${file}.partial`)
    await expect(backUp(at)).rejects.toThrow(`There is no space left for the backup in ${folder}.`)
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a damaged file is refused, and the database stays', () => {
  const restore = () => restoreInside({ ...placeOf(at), file, signal: signal(), force: true })
  let before: unknown
  beforeEach(async () => {
    await fillEveryTable(database.pool)
    before = await readEverything(database.pool)
    await backUp(at)
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
  test.each<[string, (text: string) => string]>([
    ['a value of another kind', (text) => text.replace(/^[0-9a-f]{8}-(?=.*Mend the sum)/m, 'x')],
    ['a row twice', (text) => text.replace(/^.*Mend the sum.*\n/m, '$&$&')],
    ['a row of half its length', (text) => text.replace(/\tMend the sum.*/, '')],
  ])('%s', async (_, edit) => {
    const text = gunzipSync(await readFile(file)).toString()
    const edited = edit(text)
    expect(edited).not.toBe(text)
    await writeFile(file, gzipSync(edited))
    await expect(restore()).rejects.toThrow(/is damaged: the table \w+ has a row that cannot be\. Use/)
  })
  test('with zeros anywhere', async () => {
    const bytes = await readFile(file)
    for (let at = 0; at < bytes.length - 40; at += Math.ceil(bytes.length / 16)) {
      await writeFile(file, Buffer.from(bytes).fill(0, at, at + 40))
      await expect(restore(), `zeros at ${at}`).rejects.toThrow(/is damaged: .* Nothing was changed\./)
    }
  })
  test('of a newer app', async () => {
    const text = gunzipSync(await readFile(file)).toString()
    await writeFile(file, gzipSync(text.replace('"revision":"0002"', '"revision":"9999"')))
    await expect(restore()).rejects.toThrow(
      'made by version 1.2.3 of Agent Rangers, with migrations that this version',
    )
  })
})
