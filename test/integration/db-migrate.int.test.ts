import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Pool } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '#db/client.ts'
import { migrateDown, migrateUp, migrationStatus, stampRevision } from '#db/migrate.ts'
import { readMigrations } from '#db/migration-files.ts'
import { headsOf } from '#db/migration-graph.ts'
import { makeMerge } from '#db/migration-make.ts'
import { describeSchema } from '../helpers/describe-schema.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

let database: TestDatabase
let folder: string
const real = resolve('migrations')

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false })
  folder = await mkdtemp(join(tmpdir(), 'rangers-migrations-'))
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

/** A migration `<revision>_<name>`; it builds on the one before it, by number, unless `parents` says otherwise. */
async function write(
  name: string,
  up: string,
  { down = 'SELECT 1', parents = previous(name) }: { down?: string; parents?: string | string[] | null } = {},
): Promise<void> {
  await mkdir(join(folder, name), { recursive: true })
  const [revision = ''] = name.split('_')
  const meta = { revision, down_revision: parents, message: name, created: '2026-01-01T00:00:00Z' }
  await writeFile(join(folder, name, 'meta.json'), JSON.stringify(meta))
  await writeFile(join(folder, name, 'up.sql'), up)
  await writeFile(join(folder, name, 'down.sql'), down)
}

function previous(name: string): string | null {
  const number = Number(name.slice(0, 4)) - 1
  return number === 0 ? null : String(number).padStart(4, '0')
}

async function tables(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migrations' ORDER BY 1`,
  )
  return rows.map((row) => row.name)
}

test("the product's migrations go up, down to nothing, and up to the same schema again", async () => {
  const { pool } = database
  await migrateUp(pool, { folder: real })
  const first = await describeSchema(pool)
  await migrateDown(pool, { folder: real, target: 'base' })
  const empty = (await describeSchema(pool)).filter((line) => !line.includes('schema_migrations'))
  await migrateUp(pool, { folder: real })
  expect(first.length).toBeGreaterThan(50)
  expect(empty).toEqual([])
  expect(await describeSchema(pool)).toEqual(first)
})

test("each of the product's migrations can be undone alone and applied again", async () => {
  const { pool } = database
  const revisions = (await migrateUp(pool, { folder: real })).map((migration) => migration.revision)
  const newest = await describeSchema(pool)
  for (const revision of ['base', ...revisions].slice(0, -1).reverse()) {
    await migrateDown(pool, { folder: real, target: revision })
    const before = await describeSchema(pool)
    const next = revisions[revisions.indexOf(revision) + 1] ?? ''
    await migrateUp(pool, { folder: real, target: next })
    await migrateDown(pool, { folder: real, target: revision })
    expect(await describeSchema(pool)).toEqual(before)
  }
  await migrateUp(pool, { folder: real })
  expect(await describeSchema(pool)).toEqual(newest)
})

test('a target is reached exactly, in both directions', async () => {
  for (const n of [1, 2, 3])
    await write(`000${n}_m${n}`, `CREATE TABLE t${n} ()`, { down: `DROP TABLE t${n}` })
  await migrateUp(database.pool, { folder, target: '0002' })
  expect(await tables(database.pool)).toEqual(['t1', 't2'])
  await migrateUp(database.pool, { folder })
  await migrateDown(database.pool, { folder, target: '0001' })
  expect(await tables(database.pool)).toEqual(['t1'])
})

test('the status tells what is applied and what is not, without touching a fresh database', async () => {
  await write('0001_first', 'CREATE TABLE t1 ()')
  await write('0002_second', 'CREATE TABLE t2 ()')
  const fresh = await migrationStatus(database.pool, { folder })
  expect(fresh.pending.map((migration) => migration.name)).toEqual(['first', 'second'])
  const { rows } = await database.pool.query(`SELECT to_regclass('schema_migrations') AS made`)
  expect(rows).toEqual([{ made: null }])
  await migrateUp(database.pool, { folder, target: '0001' })
  const half = await migrationStatus(database.pool, { folder })
  expect(half.applied.map((row) => [row.revision, row.name])).toEqual([['0001', 'first']])
  expect(half.pending.map((migration) => migration.revision)).toEqual(['0002'])
})

test('a migration that fails leaves nothing of itself, and what came before it stays', async () => {
  await write('0001_good', 'CREATE TABLE t1 ()')
  await write('0002_bad', 'CREATE TABLE t2 (); SELECT 1/0;')
  await expect(migrateUp(database.pool, { folder })).rejects.toThrow('division by zero')
  expect(await tables(database.pool)).toEqual(['t1'])
  expect((await migrationStatus(database.pool, { folder })).applied).toHaveLength(1)
})

test('apps that start at once migrate once', async () => {
  await cp(real, folder, { recursive: true })
  const others = [1, 2, 3].map(() => openDatabase({ connection: database.connection, poolSize: 1 }))
  const pools = [database, ...others].map((opened) => opened.pool)
  const applied = await Promise.all(pools.map((pool) => migrateUp(pool, { folder })))
  await Promise.all(others.map((other) => other.close()))
  const counts = applied.map((migrations) => migrations.length).sort()
  expect(counts.slice(0, 3)).toEqual([0, 0, 0])
  expect(counts[3]).toBe((await migrationStatus(database.pool, { folder })).applied.length)
})

test('N steps go up and down', async () => {
  for (const n of [1, 2, 3])
    await write(`000${n}_m${n}`, `CREATE TABLE t${n} ()`, { down: `DROP TABLE t${n}` })
  await migrateUp(database.pool, { folder, target: '2' })
  expect(await tables(database.pool)).toEqual(['t1', 't2'])
  await migrateUp(database.pool, { folder, target: '+1' })
  await migrateDown(database.pool, { folder, target: '-2' })
  expect(await tables(database.pool)).toEqual(['t1'])
})

test('two heads are refused with their cure; merged, the late one runs as well', async () => {
  await write('0001_first', 'CREATE TABLE t1 ()', { down: 'DROP TABLE t1' })
  await write('0002-aaaa_ours', 'CREATE TABLE t2 ()', { down: 'DROP TABLE t2', parents: '0001' })
  await migrateUp(database.pool, { folder })
  await write('0002-9999_theirs', 'CREATE TABLE t3 ()', { down: 'DROP TABLE t3', parents: '0001' })
  await expect(migrateUp(database.pool, { folder })).rejects.toThrow(
    'The migrations have 2 heads: 0002-9999_theirs, 0002-aaaa_ours. Run “npm run db -- merge”',
  )
  expect(await tables(database.pool)).toEqual(['t1', 't2'])

  const now = new Date('2026-02-03T04:05:06Z')
  const merge = await makeMerge({ folder, message: 'Both', now, id: '00000000-0000-0000-0000-00000000beef' })
  expect(merge.directory).toBe('0003-beef_both')
  const known = await readMigrations(folder)
  expect(headsOf(known).map(({ parents }) => parents)).toEqual([['0002-9999', '0002-aaaa']])
  const applied = await migrateUp(database.pool, { folder })
  expect(applied.map(({ revision }) => revision)).toEqual(['0002-9999', '0003-beef'])
  expect(await tables(database.pool)).toEqual(['t1', 't2', 't3'])

  await migrateDown(database.pool, { folder, target: '0002-aaaa' })
  expect(await tables(database.pool)).toEqual(['t1', 't2', 't3']) // the other branch does not build on it
  await migrateDown(database.pool, { folder, target: '0001' })
  expect(await tables(database.pool)).toEqual(['t1'])
})

test('a stamp notes the revisions and makes nothing', async () => {
  await write('0001_first', 'CREATE TABLE t1 ()')
  await write('0002_second', 'CREATE TABLE t2 ()')
  await stampRevision(database.pool, { folder, target: 'head' })
  expect((await migrationStatus(database.pool, { folder })).pending).toEqual([])
  expect(await tables(database.pool)).toEqual([])
  await stampRevision(database.pool, { folder, target: '0001' })
  expect((await migrationStatus(database.pool, { folder })).pending.map(({ name }) => name)).toEqual([
    'second',
  ])
  await write('0001_first', 'CREATE TABLE t1 (id int)')
  await stampRevision(database.pool, { folder, target: '0001' })
  expect((await migrationStatus(database.pool, { folder })).changed).toEqual([])
})

test('before something is taken away the caller hears of it; a plain addition is no reason', async () => {
  await write('0001_first', 'CREATE TABLE t1 (a int)', { down: 'DROP TABLE t1' })
  await write('0002_add', 'ALTER TABLE t1 ADD b int', { down: 'ALTER TABLE t1 DROP b' })
  const heard: string[] = []
  const beforeLoss = async (migrations: { name: string }[]) => {
    heard.push(migrations.map(({ name }) => name).join())
  }
  await migrateUp(database.pool, { folder, beforeLoss })
  expect(heard).toEqual([])
  await write('0003_drop', 'ALTER TABLE t1 DROP a', { down: 'ALTER TABLE t1 ADD a int' })
  await migrateUp(database.pool, { folder, beforeLoss })
  await migrateDown(database.pool, { folder, target: '1', beforeLoss })
  expect(heard).toEqual(['drop', 'drop'])
  await expect(
    migrateUp(database.pool, { folder, beforeLoss: () => Promise.reject(new Error('no backup')) }),
  ).rejects.toThrow('no backup')
  expect((await migrationStatus(database.pool, { folder })).pending).toHaveLength(1)
})

test('an applied migration whose text was changed is refused; other line ends are no change', async () => {
  await write('0001_first', 'CREATE TABLE t1 ();\n-- end\n')
  await migrateUp(database.pool, { folder })
  await write('0001_first', 'CREATE TABLE t1 ();\r\n-- end\r\n')
  await expect(migrateUp(database.pool, { folder })).resolves.toEqual([])
  await write('0001_first', 'CREATE TABLE t1 (id int)')
  await write('0002_second', 'CREATE TABLE t2 ()')
  await expect(migrateUp(database.pool, { folder })).rejects.toThrow('up.sql of 0001_first was changed')
  expect(await tables(database.pool)).toEqual(['t1'])
})

test('a database that is newer than the app is refused untouched', async () => {
  await write('0001_first', 'CREATE TABLE t1 ()')
  await write('0002_second', 'CREATE TABLE t2 ()')
  await migrateUp(database.pool, { folder })
  await rm(join(folder, '0002_second'), { recursive: true })
  const refusal = 'The database is newer than this app: it has 0002_second, the app knows up to 0001.'
  await expect(migrateUp(database.pool, { folder })).rejects.toThrow(refusal)
  await expect(migrateDown(database.pool, { folder, target: 'base' })).rejects.toThrow(refusal)
  expect(await tables(database.pool)).toEqual(['t1', 't2'])
})

test('an unknown target and a doubled number are refused', async () => {
  await write('0001_first', 'CREATE TABLE t1 ()')
  await expect(migrateUp(database.pool, { folder, target: '0009' })).rejects.toThrow(
    'There is no migration 0009.',
  )
  await write('0001_again', 'CREATE TABLE t2 ()')
  await expect(migrateUp(database.pool, { folder })).rejects.toThrow('Two migrations have the revision 0001')
})

test('waiting for another app ends with the signal', async () => {
  await write('0001_slow', 'SELECT pg_sleep(60)')
  const first = new AbortController()
  const holder = migrateUp(database.pool, { folder, signal: first.signal })
  await expect.poll(() => countWaiting(database.pool, 'Timeout')).toBe(1)
  const second = new AbortController()
  const waiter = migrateUp(database.pool, { folder, signal: second.signal })
  await expect.poll(() => countWaiting(database.pool, 'Lock')).toBe(1)
  second.abort(new Error('closed'))
  await expect(waiter).rejects.toThrow('closed')
  first.abort(new Error('closed too'))
  await expect(holder).rejects.toThrow('closed too')
})

async function countWaiting(pool: Pool, kind: 'Lock' | 'Timeout'): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1',
    [kind],
  )
  return rows[0]?.n ?? 0
}
