import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '#db/client.ts'
import { toAppError } from '#db/error.ts'
import { inTransaction } from '#db/transaction.ts'
import { getDatabaseHealth, getHealth } from '#electron/services/health.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

/** Acceptance group 11: the pool of connections. */
let database: TestDatabase
const opened: Database[] = []
beforeEach(async () => {
  database = await createTestDatabase({ migrated: false })
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
  await database.close()
})

function open(poolSize: number, maxOverflow: number): Database {
  const { connection } = database
  const one = openDatabase({ connection, poolSize, maxOverflow, applicationName: 'acceptance pool' })
  opened.push(one)
  return one
}

/** Ends connections as an administrator does, and gives how many there were. */
async function terminate(): Promise<number> {
  const { rowCount } = await database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'acceptance pool'`,
  )
  return rowCount ?? 0
}

async function countOnServer(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'acceptance pool'`,
  )
  return rows[0]?.n ?? 0
}

describe('acceptance 11: pool', () => {
  test('size and overflow are honoured: never more connections, and who comes later waits his turn', async () => {
    const { pool, poolStatus } = open(2, 3)
    const held = await Promise.all(Array.from({ length: 5 }, () => pool.connect()))
    const late = [pool.query('SELECT 1'), pool.query('SELECT 2')]
    expect(poolStatus()).toEqual({ total: 5, idle: 0, waiting: 2 })
    expect(await countOnServer()).toBe(5)
    for (const client of held) client.release()
    await Promise.all(late)
    expect(poolStatus()).toEqual({ total: 5, idle: 5, waiting: 0 })
  })

  test('connections that were killed while idle cost readers nothing, again and again', async () => {
    const { db, pool } = open(4, 0)
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 4 }, () => pool.query('SELECT pg_sleep(0.01)')))
      const gone = terminate()
      const reads = Array.from({ length: 8 }, () => db.execute<{ one: number }>(sql`select 1 as one`))
      for (const { rows } of await Promise.all(reads)) expect(rows).toEqual([{ one: 1 }])
      await gone
    }
  })

  test('nor do they cost a transaction that has not begun, and no connection is lost to the pool', async () => {
    const { db, pool, poolStatus } = open(2, 0)
    for (let round = 0; round < 10; round++) {
      await Promise.all([pool.query('SELECT 1'), pool.query('SELECT 1')])
      expect(await terminate()).toBeGreaterThan(0)
      await inTransaction(db, (tx) => tx.execute(sql`select 1`))
    }
    const both = await Promise.all([pool.connect(), pool.connect()])
    expect(poolStatus()).toMatchObject({ total: 2, idle: 0, waiting: 0 })
    for (const client of both) client.release()
  })

  test('a connection that is killed in the middle of a transaction fails that alone', async () => {
    const { db, pool, poolStatus } = open(1, 0)
    const work = inTransaction(db, async (tx) => {
      await terminate()
      await tx.execute(sql`select 1`)
    })
    const error = await work.catch((reason: unknown) => reason)
    expect(toAppError(error)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    expect(poolStatus()).toEqual({ total: 1, idle: 1, waiting: 0 })
  })

  test('healthDb answers with the status error, and does not throw', async () => {
    const lost = openDatabase({ connection: 'postgresql://u:hunter2@127.0.0.1:1/d' })
    opened.push(lost)
    const health = await getDatabaseHealth(lost)
    expect(health).toEqual({ status: 'error', database: expect.stringMatching(/does not answer/) })
    const ctx = { ...lost, version: '1', uptime: () => 1 }
    expect(await getHealth(ctx)).toMatchObject({ status: 'unhealthy', database: 'disconnected' })
    expect(JSON.stringify(health)).not.toContain('hunter2')
  })

  test('close ends all clients, also one that just finishes its work', async () => {
    const one = open(3, 2)
    await Promise.all(Array.from({ length: 5 }, () => one.pool.query('SELECT pg_sleep(0.01)')))
    const client = await one.pool.connect()
    const last = client.query('SELECT pg_sleep(0.1)').finally(() => client.release())
    await Promise.all([last, one.close()])
    await expect.poll(countOnServer).toBe(0)
    expect(one.poolStatus()).toEqual({ total: 0, idle: 0, waiting: 0 })
  })
})
