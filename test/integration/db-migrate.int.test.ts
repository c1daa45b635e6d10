import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrateDown, migrateUp, migrationStatus } from '#db/migrate.ts'
import { describeSchema } from '../helpers/describe-schema.ts'
import { type MigrationFolder, makeMigrationFolder, tables } from '../helpers/migration-folder.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

let database: TestDatabase
let migrations: MigrationFolder
let folder: string
const real = resolve('migrations')

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false })
  migrations = await makeMigrationFolder()
  folder = migrations.path
})
afterEach(async () => {
  await database.close()
  await migrations[Symbol.asyncDispose]()
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
    await migrations.write(`000${n}_m${n}`, `CREATE TABLE t${n} ()`, { down: `DROP TABLE t${n}` })
  await migrateUp(database.pool, { folder, target: '0002' })
  expect(await tables(database.pool)).toEqual(['t1', 't2'])
  await migrateUp(database.pool, { folder })
  await migrateDown(database.pool, { folder, target: '0001' })
  expect(await tables(database.pool)).toEqual(['t1'])
})

test('where nothing is pending, nobody waits for an app that holds the lock', async () => {
  await migrations.write('0001_m1', 'CREATE TABLE t1 ()')
  await migrateUp(database.pool, { folder })
  const holder = await database.pool.connect()
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [4_726_117_305])
    expect(await migrateUp(database.pool, { folder })).toEqual([])
  } finally {
    holder.release(true)
  }
})

test('the status tells what is applied and what is not, without touching a fresh database', async () => {
  await migrations.write('0001_first', 'CREATE TABLE t1 ()')
  await migrations.write('0002_second', 'CREATE TABLE t2 ()')
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
  await migrations.write('0001_good', 'CREATE TABLE t1 ()')
  await migrations.write('0002_bad', 'CREATE TABLE t2 (); SELECT 1/0;')
  await expect(migrateUp(database.pool, { folder })).rejects.toThrow('division by zero')
  expect(await tables(database.pool)).toEqual(['t1'])
  expect((await migrationStatus(database.pool, { folder })).applied).toHaveLength(1)
})

test('N steps go up and down', async () => {
  for (const n of [1, 2, 3])
    await migrations.write(`000${n}_m${n}`, `CREATE TABLE t${n} ()`, { down: `DROP TABLE t${n}` })
  await migrateUp(database.pool, { folder, target: '2' })
  expect(await tables(database.pool)).toEqual(['t1', 't2'])
  await migrateUp(database.pool, { folder, target: '+1' })
  await migrateDown(database.pool, { folder, target: '-2' })
  expect(await tables(database.pool)).toEqual(['t1'])
})

test('before something is taken away the caller hears of it; a plain addition is no reason', async () => {
  await migrations.write('0001_first', 'CREATE TABLE t1 (a int)', { down: 'DROP TABLE t1' })
  await migrations.write('0002_add', 'ALTER TABLE t1 ADD b int', { down: 'ALTER TABLE t1 DROP b' })
  const heard: string[] = []
  const beforeLoss = async (migrations: { name: string }[]) => {
    heard.push(migrations.map(({ name }) => name).join())
  }
  await migrateUp(database.pool, { folder, beforeLoss })
  expect(heard).toEqual([])
  await migrations.write('0003_drop', 'ALTER TABLE t1 DROP a', { down: 'ALTER TABLE t1 ADD a int' })
  await migrateUp(database.pool, { folder, beforeLoss })
  await migrateDown(database.pool, { folder, target: '1', beforeLoss })
  expect(heard).toEqual(['drop', 'drop'])
  await expect(
    migrateUp(database.pool, { folder, beforeLoss: () => Promise.reject(new Error('no backup')) }),
  ).rejects.toThrow('no backup')
  expect((await migrationStatus(database.pool, { folder })).pending).toHaveLength(1)
})

test('a database that is newer than the app is refused untouched', async () => {
  await migrations.write('0001_first', 'CREATE TABLE t1 ()')
  await migrations.write('0002_second', 'CREATE TABLE t2 ()')
  await migrateUp(database.pool, { folder })
  await rm(join(folder, '0002_second'), { recursive: true })
  const refusal = 'The database is newer than this app: it has 0002_second, the app knows up to 0001.'
  await expect(migrateUp(database.pool, { folder })).rejects.toThrow(refusal)
  await expect(migrateDown(database.pool, { folder, target: 'base' })).rejects.toThrow(refusal)
  expect(await tables(database.pool)).toEqual(['t1', 't2'])
})

test('an unknown target and a doubled number are refused', async () => {
  await migrations.write('0001_first', 'CREATE TABLE t1 ()')
  await expect(migrateUp(database.pool, { folder, target: '0009' })).rejects.toThrow(
    'There is no migration 0009.',
  )
  await migrations.write('0001_again', 'CREATE TABLE t2 ()')
  await expect(migrateUp(database.pool, { folder })).rejects.toThrow('Two migrations have the revision 0001')
})
