import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Pool } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '#db/client.ts'
import { EMPTY_REVISION, migrateDown, migrateUp, migrationStatus } from '#db/migrate.ts'
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

async function write(name: string, up: string, down = 'SELECT 1'): Promise<void> {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'up.sql'), up)
  await writeFile(join(folder, name, 'down.sql'), down)
}

async function tables(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migrations' ORDER BY 1`,
  )
  return rows.map((row) => row.name)
}

/** Everything that a migration can make, as text. */
async function describeSchema(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(`
    SELECT format('column %s.%s %s %s %s', table_name, column_name, udt_name || coalesce('(' || character_maximum_length || ')', ''),
                  is_nullable, column_default) AS line FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT format('type %s', typname) FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
    UNION ALL SELECT format('sequence %s', sequencename) FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`)
  return rows.map((row) => row.line)
}

test("the product's migrations go up, down to nothing, and up to the same schema again", async () => {
  const { pool } = database
  await migrateUp(pool, { folder: real })
  const first = await describeSchema(pool)
  await migrateDown(pool, { folder: real, target: EMPTY_REVISION })
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
  for (const revision of [EMPTY_REVISION, ...revisions].slice(0, -1).reverse()) {
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
  for (const n of [1, 2, 3]) await write(`000${n}_m${n}`, `CREATE TABLE t${n} ()`, `DROP TABLE t${n}`)
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

test('a migration merged late from another branch still runs', async () => {
  await write('0001_first', 'CREATE TABLE t1 ()')
  await write('0003_third', 'CREATE TABLE t3 ()')
  await migrateUp(database.pool, { folder })
  await write('0002_second', 'CREATE TABLE t2 ()')
  expect((await migrateUp(database.pool, { folder })).map((migration) => migration.revision)).toEqual([
    '0002',
  ])
  expect(await tables(database.pool)).toEqual(['t1', 't2', 't3'])
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
  await expect(migrateDown(database.pool, { folder, target: EMPTY_REVISION })).rejects.toThrow(refusal)
  expect(await tables(database.pool)).toEqual(['t1', 't2'])
})

test('an unknown target and a doubled number are refused', async () => {
  await write('0001_first', 'CREATE TABLE t1 ()')
  await expect(migrateUp(database.pool, { folder, target: '0009' })).rejects.toThrow(
    'There is no migration 0009.',
  )
  await write('0001_again', 'CREATE TABLE t2 ()')
  await expect(migrateUp(database.pool, { folder })).rejects.toThrow('Two migrations have the number 0001')
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
