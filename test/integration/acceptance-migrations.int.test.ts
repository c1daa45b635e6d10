import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Pool } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '#db/client.ts'
import { migrateDown, migrateUp, migrationStatus, stampRevision } from '#db/migrate.ts'
import { readMigrations } from '#db/migration-files.ts'
import { headsOf } from '#db/migration-graph.ts'
import { makeMerge } from '#db/migration-make.ts'
import { migrationScript } from '#db/migration-script.ts'
import { describeSchema } from '../helpers/describe-schema.ts'
import { type MigrationFolder, makeMigrationFolder, tables } from '../helpers/migration-folder.ts'
import { findOldServer } from '../helpers/old-cluster.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

const real = resolve('migrations')
const run = promisify(execFile)
const psql = await findPsql()

/** That of the search path, or of an installed server. */
async function findPsql(): Promise<string | undefined> {
  const old = await findOldServer()
  for (const program of ['psql', ...(old ? [join(old.root, 'bin/psql')] : [])]) {
    const isThere = await run(program, ['--version']).then(
      () => true,
      () => false,
    )
    if (isThere) return program
  }
  return undefined
}

let offline: TestDatabase
let online: TestDatabase
let migrations: MigrationFolder
let folder: string
beforeEach(async () => {
  offline = await createTestDatabase({ migrated: false })
  online = await createTestDatabase({ migrated: false })
  migrations = await makeMigrationFolder()
  folder = migrations.path
})
afterEach(async () => {
  await offline.close()
  await online.close()
  await migrations[Symbol.asyncDispose]()
})

/** As a person would: psql where it is installed, else statement by statement over the simple protocol. */
async function feed({ connection, pool }: TestDatabase, script: string): Promise<void> {
  if (!psql) return void (await pool.query(script))
  const place = await mkdtemp(join(tmpdir(), 'rangers-sql-'))
  try {
    await writeFile(join(place, 'script.sql'), script)
    const { host = '', port = '', user = '', database = '', password } = connection
    await run(psql, ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', join(place, 'script.sql')], {
      env: {
        PATH: process.env.PATH,
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user,
        PGDATABASE: database,
        ...(typeof password === 'string' ? { PGPASSWORD: password } : {}),
      },
    })
  } finally {
    await rm(place, { recursive: true })
  }
}

async function noted({ pool }: TestDatabase): Promise<unknown[]> {
  const { applied } = await migrationStatus(pool, { folder: real })
  return applied.map(({ revision, name, checksum }) => ({ revision, name, checksum }))
}

test('acceptance 9: up, down to nothing, up again equals a fresh schema', async () => {
  const { pool } = online
  await migrateUp(pool, { folder: real })
  const first = await describeSchema(pool)
  await migrateDown(pool, { folder: real, target: 'base' })
  const empty = (await describeSchema(pool)).filter((line) => !line.includes('schema_migrations'))
  await migrateUp(pool, { folder: real })
  expect(first.length).toBeGreaterThan(50)
  expect(empty).toEqual([])
  expect(await describeSchema(pool)).toEqual(first)
})

test('acceptance 9: drift of a checksum is refused; other line ends are no change', async () => {
  await migrations.write('0001_first', 'CREATE TABLE t1 ();\n-- end\n')
  await migrateUp(online.pool, { folder })
  await migrations.write('0001_first', 'CREATE TABLE t1 ();\r\n-- end\r\n')
  await expect(migrateUp(online.pool, { folder })).resolves.toEqual([])
  await migrations.write('0001_first', 'CREATE TABLE t1 (id int)')
  await migrations.write('0002_second', 'CREATE TABLE t2 ()')
  await expect(migrateUp(online.pool, { folder })).rejects.toThrow('up.sql of 0001_first was changed')
  expect(await tables(online.pool)).toEqual(['t1'])
})

test('acceptance 9: two heads are detected and refused with their cure; merged, the late one runs as well', async () => {
  await migrations.write('0001_first', 'CREATE TABLE t1 ()', { down: 'DROP TABLE t1' })
  await migrations.write('0002-aaaa_ours', 'CREATE TABLE t2 ()', { down: 'DROP TABLE t2', parents: '0001' })
  await migrateUp(online.pool, { folder })
  await migrations.write('0002-9999_theirs', 'CREATE TABLE t3 ()', { down: 'DROP TABLE t3', parents: '0001' })
  await expect(migrateUp(online.pool, { folder })).rejects.toThrow(
    'The migrations have 2 heads: 0002-9999_theirs, 0002-aaaa_ours. Run “npm run db -- merge”',
  )
  expect(await tables(online.pool)).toEqual(['t1', 't2'])

  const now = new Date('2026-02-03T04:05:06Z')
  const merge = await makeMerge({ folder, message: 'Both', now, id: '00000000-0000-0000-0000-00000000beef' })
  expect(merge.directory).toBe('0003-beef_both')
  const known = await readMigrations(folder)
  expect(headsOf(known).map(({ parents }) => parents)).toEqual([['0002-9999', '0002-aaaa']])
  const applied = await migrateUp(online.pool, { folder })
  expect(applied.map(({ revision }) => revision)).toEqual(['0002-9999', '0003-beef'])
  expect(await tables(online.pool)).toEqual(['t1', 't2', 't3'])

  await migrateDown(online.pool, { folder, target: '0002-aaaa' })
  expect(await tables(online.pool)).toEqual(['t1', 't2', 't3']) // the other branch does not build on it
  await migrateDown(online.pool, { folder, target: '0001' })
  expect(await tables(online.pool)).toEqual(['t1'])
})

test('acceptance 9: a stamp notes the revisions and makes nothing', async () => {
  await migrations.write('0001_first', 'CREATE TABLE t1 ()')
  await migrations.write('0002_second', 'CREATE TABLE t2 ()')
  await stampRevision(online.pool, { folder, target: 'head' })
  expect((await migrationStatus(online.pool, { folder })).pending).toEqual([])
  expect(await tables(online.pool)).toEqual([])
  await stampRevision(online.pool, { folder, target: '0001' })
  expect((await migrationStatus(online.pool, { folder })).pending.map(({ name }) => name)).toEqual(['second'])
  await migrations.write('0001_first', 'CREATE TABLE t1 (id int)')
  await stampRevision(online.pool, { folder, target: '0001' })
  expect((await migrationStatus(online.pool, { folder })).changed).toEqual([])
})

test('acceptance 9: a second instance waits on the lock, and of four that start at once one migrates', async () => {
  await cp(real, folder, { recursive: true })
  const others = [1, 2, 3].map(() => openDatabase({ connection: online.connection, poolSize: 1 }))
  const pools = [online, ...others].map((opened) => opened.pool)
  const applied = await Promise.all(pools.map((pool) => migrateUp(pool, { folder })))
  await Promise.all(others.map((other) => other.close()))
  const counts = applied.map((migrations) => migrations.length).sort()
  expect(counts.slice(0, 3)).toEqual([0, 0, 0])
  expect(counts[3]).toBe((await migrationStatus(online.pool, { folder })).applied.length)
})

test('acceptance 9: waiting for another app ends with the signal', async () => {
  await migrations.write('0001_slow', 'SELECT pg_sleep(60)')
  const first = new AbortController()
  const holder = migrateUp(online.pool, { folder, signal: first.signal })
  await expect.poll(() => countWaiting(online.pool, 'Timeout')).toBe(1)
  const second = new AbortController()
  const waiter = migrateUp(online.pool, { folder, signal: second.signal })
  await expect.poll(() => countWaiting(online.pool, 'Lock')).toBe(1)
  second.abort(new Error('closed'))
  await expect(waiter).rejects.toThrow('closed')
  first.abort(new Error('closed too'))
  await expect(holder).rejects.toThrow('closed too')
})

test('acceptance 9: offline SQL, applied by psql, equals what is made online, its notes included', async () => {
  const known = await readMigrations(real)
  await feed(offline, migrationScript(known, 'base', 'head'))
  await migrateUp(online.pool, { folder: real })
  expect(await describeSchema(offline.pool)).toEqual(await describeSchema(online.pool))
  expect(await noted(offline)).toEqual(await noted(online))
  await expect(migrateUp(offline.pool, { folder: real })).resolves.toEqual([])
})

test('acceptance 9: the printed way down leads where down leads', async () => {
  const known = await readMigrations(real)
  await migrateUp(offline.pool, { folder: real })
  await migrateUp(online.pool, { folder: real })
  await feed(offline, migrationScript(known, 'head', '0001'))
  await migrateDown(online.pool, { folder: real, target: '0001' })
  expect(await describeSchema(offline.pool)).toEqual(await describeSchema(online.pool))
  expect(await noted(offline)).toEqual(await noted(online))
})

async function countWaiting(pool: Pool, kind: 'Lock' | 'Timeout'): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = $1',
    [kind],
  )
  return rows[0]?.n ?? 0
}
