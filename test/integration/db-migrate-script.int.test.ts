import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrateDown, migrateUp, migrationStatus } from '#db/migrate.ts'
import { readMigrations } from '#db/migration-files.ts'
import { migrationScript } from '#db/migration-script.ts'
import { describeSchema } from '../helpers/describe-schema.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

const folder = resolve('migrations')
const run = promisify(execFile)
const hasPsql = await run('psql', ['--version']).then(
  () => true,
  () => false,
)

let offline: TestDatabase
let online: TestDatabase
beforeEach(async () => {
  offline = await createTestDatabase({ migrated: false })
  online = await createTestDatabase({ migrated: false })
})
afterEach(async () => {
  await offline.close()
  await online.close()
})

/** As a person would: psql where it is installed, else statement by statement over the simple protocol. */
async function feed({ connection, pool }: TestDatabase, script: string): Promise<void> {
  if (!hasPsql) return void (await pool.query(script))
  const place = await mkdtemp(join(tmpdir(), 'rangers-sql-'))
  try {
    await writeFile(join(place, 'script.sql'), script)
    const { host = '', port = '', user = '', database = '', password } = connection
    await run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', join(place, 'script.sql')], {
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
  const { applied } = await migrationStatus(pool, { folder })
  return applied.map(({ revision, name, checksum }) => ({ revision, name, checksum }))
}

test('the printed SQL makes what the app makes, its notes included', async () => {
  const known = await readMigrations(folder)
  await feed(offline, migrationScript(known, 'base', 'head'))
  await migrateUp(online.pool, { folder })
  expect(await describeSchema(offline.pool)).toEqual(await describeSchema(online.pool))
  expect(await noted(offline)).toEqual(await noted(online))
  await expect(migrateUp(offline.pool, { folder })).resolves.toEqual([])
})

test('the printed way down leads where down leads', async () => {
  const known = await readMigrations(folder)
  await migrateUp(offline.pool, { folder })
  await migrateUp(online.pool, { folder })
  await feed(offline, migrationScript(known, 'head', '0001'))
  await migrateDown(online.pool, { folder, target: '0001' })
  expect(await describeSchema(offline.pool)).toEqual(await describeSchema(online.pool))
  expect(await noted(offline)).toEqual(await noted(online))
})
