import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Database, openDatabase } from '#db/client.ts'
import { toAppError } from '#db/error.ts'
import { runNamed } from '#db/named-statement.ts'
import { inTransaction } from '#db/transaction.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

/** Statements that are sent together, on the one connection of a pool of their own. */
let database: TestDatabase
let opened: Database
const QUERY_TIMEOUT_MS = 3000

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false })
  await database.pool.query('CREATE TABLE line (text text NOT NULL)')
  const connection = { ...database.connection, query_timeout: QUERY_TIMEOUT_MS }
  opened = openDatabase({ connection, poolSize: 1, maxOverflow: 0, applicationName: 'batch' })
  await opened.pool.query('SELECT 1')
})
afterEach(async () => {
  vi.useRealTimers()
  await opened.close()
  await database.close()
})

const ADD = 'INSERT INTO line (text) VALUES ($1) RETURNING text'
const add = (tx: Parameters<typeof runNamed>[0], text: unknown) => runNamed(tx, 'add_line', ADD, [text])
const UNSENDABLE = {
  toPostgres() {
    throw new Error('there is no such value')
  },
}

async function lines(): Promise<string[]> {
  const { rows } = await database.pool.query<{ text: string }>('SELECT text FROM line ORDER BY text')
  return rows.map((row) => row.text)
}

/** The time of timers stands still, but for what the test lets pass. */
function holdTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
}

test('each answer goes to its own statement', async () => {
  const answers = await inTransaction(opened.db, (tx) =>
    Promise.all([add(tx, 'a'), runNamed(tx, 'three', 'SELECT generate_series(1, 3) AS n', []), add(tx, 'b')]),
  )
  expect(answers).toEqual([[{ text: 'a' }], [{ n: 1 }, { n: 2 }, { n: 3 }], [{ text: 'b' }]])
})

test('of one whose values cannot be sent neither it nor what is around it is done, and the next one is', async () => {
  const outcomes: PromiseSettledResult<unknown>[] = []
  const work = inTransaction(opened.db, async (tx) => {
    outcomes.push(...(await Promise.allSettled([add(tx, 'before'), add(tx, UNSENDABLE), add(tx, 'behind')])))
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  })
  await expect(work).rejects.toThrow('there is no such value')
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await lines()).toEqual([])
  await inTransaction(opened.db, (tx) => add(tx, 'next')) // on the same connection, under the same name
  expect(await lines()).toEqual(['next'])
})

test('a last one whose values cannot be sent is not followed by its commit', async () => {
  const work = inTransaction(opened.db, async (tx, last) => {
    await add(tx, 'before')
    last(add(tx, UNSENDABLE))
  })
  await expect(work).rejects.toThrow('there is no such value')
  expect(await lines()).toEqual([])
})

test('one that the server refuses is forgotten together with those behind it, and can be sent again', async () => {
  const work = inTransaction(opened.db, (tx) =>
    Promise.all([runNamed(tx, 'refused', 'SELECT 1 / 0', []), add(tx, 'behind')]),
  )
  await expect(work).rejects.toMatchObject({ code: '22012' })
  await inTransaction(opened.db, (tx) => add(tx, 'again'))
  expect(await lines()).toEqual(['again'])
})

test('without an answer for the time that its address allows it fails, and so does its connection', async () => {
  holdTime()
  const work = inTransaction(opened.db, async (tx) => {
    await add(tx, 'before')
    await runNamed(tx, 'wait', 'SELECT pg_sleep(600)', [])
  })
  work.catch(() => {}) // its time comes before anybody waits for it
  const asleep = `SELECT FROM pg_stat_activity WHERE application_name = 'batch' AND wait_event = 'PgSleep'`
  await expect.poll(async () => (await database.pool.query(asleep)).rowCount).toBe(1)
  vi.advanceTimersByTime(QUERY_TIMEOUT_MS)
  const error = await work.catch((reason: unknown) => reason)
  expect(toAppError(error)?.detail).toMatchObject({ error: 'DATABASE_SLOW' })
  vi.useRealTimers()
  await inTransaction(opened.db, (tx) => add(tx, 'next'))
  expect(await lines()).toEqual(['next'])
})

test('once it is answered, whatever the answer, no clock runs for it any more', async () => {
  holdTime()
  const clocks = vi.getTimerCount()
  await inTransaction(opened.db, (tx) => Promise.all([add(tx, 'a'), add(tx, 'b')]))
  expect(vi.getTimerCount()).toBe(clocks)
  await inTransaction(opened.db, (tx) => Promise.all([add(tx, 'c'), add(tx, null)])).catch(() => {})
  await inTransaction(opened.db, (tx) => add(tx, UNSENDABLE)).catch(() => {})
  expect(vi.getTimerCount()).toBe(clocks)
  expect((await opened.db.execute(sql`select text from line order by text`)).rows).toHaveLength(2)
})
