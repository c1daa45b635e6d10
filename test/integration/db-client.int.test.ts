import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Database, type DatabaseOptions, openDatabase } from '#db/client.ts'
import { toAppError } from '#db/error.ts'
import { inTransaction } from '#db/transaction.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

let database: TestDatabase
const opened: Database[] = []

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false })
  await database.pool.query('CREATE TABLE counter (id int PRIMARY KEY, n int NOT NULL CHECK (n < 1000))')
  await database.pool.query('INSERT INTO counter VALUES (1, 0), (2, 0)')
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()))
  await database.close()
})

function open(options: Partial<DatabaseOptions> = {}): Database {
  const another = openDatabase({ connection: database.connection, ...options })
  opened.push(another)
  return another
}

const readCounter = async () => {
  const { rows } = await database.pool.query<{ n: number }>('SELECT n FROM counter ORDER BY id')
  return rows.map((row) => row.n)
}

test('nothing is connected before the first query', async () => {
  const { pool, poolStatus } = open({ connection: 'postgresql://nobody@localhost:1/nothing' })
  expect(poolStatus()).toEqual({ total: 0, idle: 0, waiting: 0 })
  const error = await pool.query('SELECT 1').catch((reason: unknown) => reason)
  expect(toAppError(error)?.code).toBe('SERVICE_UNAVAILABLE')
})

test('size and overflow bound the connections; who comes later waits', async () => {
  const { pool, poolStatus } = open({ poolSize: 2, maxOverflow: 1 })
  const clients = await Promise.all([1, 2, 3].map(() => pool.connect()))
  const late = pool.query('SELECT 1 AS one')
  expect(poolStatus()).toEqual({ total: 3, idle: 0, waiting: 1 })
  for (const client of clients) client.release()
  expect((await late).rows).toEqual([{ one: 1 }])
  expect(poolStatus()).toEqual({ total: 3, idle: 3, waiting: 0 })
})

test('a start makes do with few connections; those who wait too long get their own', async () => {
  const { pool, poolStatus } = open({ poolSize: 5, first: { most: 2, ms: 50 } })
  const clients = await Promise.all([1, 2].map(() => pool.connect()))
  const late = [pool.query('SELECT 1 AS one'), pool.query('SELECT 1 AS one')]
  expect(poolStatus()).toEqual({ total: 2, idle: 0, waiting: 2 })
  for (const { rows } of await Promise.all(late)) expect(rows).toEqual([{ one: 1 }])
  for (const client of clients) client.release()
})

test('a connection that the server ends while idle is reported, dropped and replaced', async () => {
  const { promise, lost } = withLost()
  const { pool, onUnreachable } = open({ poolSize: 1, maxOverflow: 0, applicationName: 'doomed' })
  onUnreachable(lost)
  await pool.query('SELECT 1')
  await database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'doomed'`,
  )
  expect(toAppError(await promise)?.code).toBe('SERVICE_UNAVAILABLE')
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

function withLost(): { promise: Promise<unknown>; lost: (error: unknown) => void } {
  let lost: (error: unknown) => void = () => {}
  const promise = new Promise<unknown>((resolve) => {
    lost = resolve
  })
  return { promise, lost }
}

test('the log names pool size and overflow, and with echo the statement without its values', async () => {
  const lines: object[] = []
  const write = (fields: object) => void lines.push(fields)
  const { db } = open({
    poolSize: 3,
    maxOverflow: 4,
    echo: true,
    log: { debug: write, info: write, warn: write },
  })
  await db.execute(sql`SELECT ${'hunter2'}::text`)
  expect(lines).toEqual([
    { event: 'database_connection_created', pool_size: 3, max_overflow: 4 },
    { event: 'database_statement', statement: 'SELECT $1::text' },
  ])
})

test('close waits for the connection in use, and may be called twice', async () => {
  const { pool, close } = open()
  const client = await pool.connect()
  const closed = Promise.all([close(), close()])
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  client.release()
  await closed
  const late = await pool.query('SELECT 1').catch((reason: unknown) => reason)
  expect(toAppError(late)?.code).toBe('SERVICE_UNAVAILABLE')
})

test('a transaction that throws leaves nothing', async () => {
  const work = inTransaction(database.db, async (tx) => {
    await tx.execute(sql`UPDATE counter SET n = 5`)
    throw new Error('no')
  })
  await expect(work).rejects.toThrow('no')
  expect(await readCounter()).toEqual([0, 0])
})

test('a last statement that fails leaves nothing, and is what the transaction throws', async () => {
  const work = inTransaction(database.db, async (tx, last) => {
    await tx.execute(sql`UPDATE counter SET n = 5 WHERE id = 1`)
    last(tx.execute(sql`UPDATE counter SET n = 1000 WHERE id = 2`))
  })
  await expect(work).rejects.toMatchObject({ cause: { code: '23514' } })
  expect(await readCounter()).toEqual([0, 0])
})

test('work that goes on over a failed statement is not told that it was saved', async () => {
  const work = inTransaction(database.db, async (tx) => {
    await tx.execute(sql`UPDATE counter SET n = 5 WHERE id = 1`)
    await tx.execute(sql`UPDATE counter SET n = 1000 WHERE id = 2`).catch(() => {})
  })
  await expect(work).rejects.toThrow('nothing of it was committed')
  expect(await readCounter()).toEqual([0, 0])
})

test('a transaction within one may fail alone', async () => {
  await inTransaction(database.db, async (tx) => {
    await tx.execute(sql`UPDATE counter SET n = 1 WHERE id = 1`)
    const inner = inTransaction(tx, async (nested) => {
      await nested.execute(sql`UPDATE counter SET n = 2 WHERE id = 2`)
      throw new Error('no')
    })
    await inner.catch(() => {})
  })
  expect(await readCounter()).toEqual([1, 0])
})

/** Ends the connection on which it runs. */
const END_ITSELF = sql`SELECT pg_terminate_backend(pg_backend_pid())`

test('work whose connection ends in its middle is not done a second time', async () => {
  let attempts = 0
  const work = inTransaction(database.db, async (tx) => {
    attempts++
    await tx.execute(sql`UPDATE counter SET n = n + 1 WHERE id = 1`)
    await tx.execute(END_ITSELF)
  })
  const thrown = await work.catch((reason: unknown) => reason)
  expect(toAppError(thrown)?.detail).toMatchObject({ error: 'DATABASE_UNAVAILABLE' })
  expect([await readCounter(), attempts]).toEqual([[0, 0], 1])
})

test('a connection that ends during the commit leaves open what became of it, and the work is not done again', async () => {
  await database.pool.query(`
    CREATE FUNCTION end_itself() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER at_commit AFTER UPDATE ON counter DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION end_itself()`)
  let attempts = 0
  const work = inTransaction(database.db, async (tx) => {
    attempts++
    await tx.execute(sql`UPDATE counter SET n = n + 1 WHERE id = 1`)
  })
  await expect(work).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    detail: { error: 'COMMIT_UNKNOWN' },
  })
  expect(attempts).toBe(1)
})

test('twenty read-modify-writes at once under serializable isolation all count', async () => {
  const options = { isolationLevel: 'serializable', attempts: 100 } as const
  const add = () =>
    inTransaction(
      database.db,
      async (tx) => {
        const { rows } = await tx.execute<{ n: number }>(sql`SELECT n FROM counter WHERE id = 1`)
        await tx.execute(sql`UPDATE counter SET n = ${(rows[0]?.n ?? 0) + 1} WHERE id = 1`)
      },
      { ...options, pauseBefore: () => Math.random() * 20 },
    )
  await Promise.all(Array.from({ length: 20 }, add))
  expect(await readCounter()).toEqual([20, 0])
})

test('of two that deadlock, the victim runs again', async () => {
  let attempts = 0
  let arrived = 0
  let open = () => {}
  const both = new Promise<void>((resolve) => {
    open = resolve
  })
  const update = (first: number, second: number) =>
    inTransaction(database.db, async (tx) => {
      attempts++
      await tx.execute(sql`UPDATE counter SET n = n + 1 WHERE id = ${first}`)
      if (++arrived === 2) open()
      await both
      await tx.execute(sql`UPDATE counter SET n = n + 1 WHERE id = ${second}`)
    })
  await Promise.all([update(1, 2), update(2, 1)])
  expect([await readCounter(), attempts]).toEqual([[2, 2], 3])
})

test('a conflict that does not end is thrown after the last attempt', async () => {
  let attempts = 0
  const work = inTransaction(
    database.db,
    async (tx) => {
      attempts++
      await tx.execute(sql`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`)
    },
    { attempts: 3, pauseBefore: () => 0 },
  )
  await expect(work).rejects.toMatchObject({ cause: { code: '40001' } })
  expect(attempts).toBe(3)
})

test.each([
  ['a doubled key', sql`INSERT INTO counter VALUES (1, 0)`, 'BAD_REQUEST', 'ALREADY_EXISTS'],
  ['a refused value', sql`UPDATE counter SET n = 1000`, 'BAD_REQUEST', 'VALUE_REFUSED'],
])('%s is an error of the input', async (_, statement, code, error) => {
  const thrown = await database.db.execute(statement).catch((reason: unknown) => reason)
  expect(toAppError(thrown)).toMatchObject({ code, detail: { error } })
})

test('a statement that is wrong is a bug, not an expected error', async () => {
  const thrown = await database.db.execute(sql`SELECT nothing`).catch((reason: unknown) => reason)
  expect(toAppError(thrown)).toBeUndefined()
})
