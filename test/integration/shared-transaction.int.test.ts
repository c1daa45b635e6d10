import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Database, type Db, openDatabase } from '#db/client.ts'
import { toAppError } from '#db/error.ts'
import { runNamed } from '#db/named-statement.ts'
import { inSharedTransaction } from '#db/shared-transaction.ts'
import { inTransaction } from '#db/transaction.ts'
import { NotFoundError, UnavailableError } from '#shared/errors.ts'
import { type FaultyNetwork, openFaultyNetwork } from '../helpers/faulty-network.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

/** Beside the server; `far` reaches it through a network that fails. */
let near: TestDatabase
let network: FaultyNetwork
let far: Database

beforeEach(async () => {
  near = await createTestDatabase({ migrated: false })
  await near.pool.query('CREATE TABLE line (text text NOT NULL)')
  network = await openFaultyNetwork(near.connection)
  far = openDatabase({ connection: network.connection, poolSize: 4, maxOverflow: 0 })
})
afterEach(async () => {
  vi.useRealTimers()
  await far.close()
  await network[Symbol.asyncDispose]()
  await near.close()
})

const add = (tx: Db, text: string) => tx.execute(sql`insert into line values (${text})`)

async function lines(): Promise<string[]> {
  const { rows } = await near.pool.query<{ text: string }>('SELECT text FROM line ORDER BY text')
  return rows.map((row) => row.text)
}

function opening(): { opened: Promise<void>; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

type Work = (tx: Db, last: (statement: Promise<unknown>) => void) => Promise<unknown>

/** Gives works that come while another one of their subject is under way; what becomes of each, that one first. */
async function together(...works: Work[]): Promise<PromiseSettledResult<unknown>[]> {
  const { opened, open } = opening()
  const first = inSharedTransaction(far.db, 'board', async (tx) => {
    await add(tx, 'first')
    await opened
  })
  const others = works.map((work) => inSharedTransaction(far.db, 'board', work))
  open()
  return Promise.allSettled([first, ...others])
}

const errorsOf = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.map((outcome) => {
    if (outcome.status === 'fulfilled') return null
    const detail = toAppError(outcome.reason)?.detail
    return typeof detail === 'object' ? detail.error : String(outcome.reason)
  })

/** Commits of lines that begin with “held” wait while the test holds the lock that it is given. */
async function holdCommits(): Promise<
  AsyncDisposable & { underWay(): Promise<void>; letGo(): Promise<void> }
> {
  await near.pool.query(`
    CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON line DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.text LIKE 'held%') EXECUTE FUNCTION wait()`)
  const client = await near.pool.connect()
  await client.query('SELECT pg_advisory_lock(7)')
  const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  const letGo = async () => void (await client.query('SELECT pg_advisory_unlock_all()'))
  return {
    underWay: () => expect.poll(async () => (await near.pool.query(waiting)).rowCount).toBe(1),
    letGo,
    async [Symbol.asyncDispose]() {
      await letGo()
      client.release()
    },
  }
}

describe('a commit whose answer is lost on its way', () => {
  test.each(['reset', 'silence'] as const)('is made once, and nobody knows of it: %s', async (how) => {
    await using commits = await holdCommits()
    let attempts = 0
    const work = inTransaction(far.db, async (tx) => {
      attempts++
      await add(tx, 'held')
    })
    const error = work.catch((reason: unknown) => reason)
    await commits.underWay()
    await network.cut(how)
    // Of a network that is silent the connection that listens for the app learns first.
    if (how === 'silence') far.suspend(new UnavailableError('DATABASE_UNAVAILABLE', 'It is silent.'))
    expect(await error).toMatchObject({ detail: { error: 'COMMIT_UNKNOWN' } })
    await commits.letGo()
    await expect.poll(lines).toEqual(['held'])
    expect(attempts).toBe(1)
  })

  test('is not made again for any of those that shared it', async () => {
    await using commits = await holdCommits()
    const outcomes = together(
      (tx) => add(tx, 'held a'),
      (tx) => add(tx, 'b'),
    )
    await commits.underWay()
    await network.cut('reset')
    expect(errorsOf(await outcomes)).toEqual([null, 'COMMIT_UNKNOWN', 'COMMIT_UNKNOWN'])
    await commits.letGo()
    await expect.poll(lines).toEqual(['b', 'first', 'held a'])
  })
})

describe('one that cannot be saved does not touch those that waited with it', () => {
  test('when the values of its last statement cannot be sent', async () => {
    const unsendable = {
      toPostgres() {
        throw new Error('no such value')
      },
    }
    const outcomes = await together(
      (tx) => add(tx, 'a'),
      async (tx, last) => {
        await add(tx, 'b')
        last(runNamed(tx, 'add_line', 'INSERT INTO line VALUES ($1)', [unsendable]))
      },
      (tx) => add(tx, 'c'),
    )
    expect(errorsOf(outcomes)).toEqual([
      null,
      null,
      'UnsentError: A statement was not sent: no such value',
      null,
    ])
    expect(await lines()).toEqual(['a', 'c', 'first'])
  })

  test('when its last statement was never made', async () => {
    const outcomes = await together(
      (tx) => add(tx, 'a'),
      async (tx, last) => {
        await add(tx, 'b')
        last(Promise.reject(new Error('never sent')))
      },
      (tx) => add(tx, 'c'),
    )
    expect(errorsOf(outcomes)).toEqual([null, null, 'Error: never sent', null])
    expect(await lines()).toEqual(['a', 'c', 'first'])
  })

  test('when the server refuses the commit', async () => {
    await near.pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '23514'; END $$;
      CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON line DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.text = 'bad') EXECUTE FUNCTION refuse()`)
    const outcomes = await together(
      (tx) => add(tx, 'a'),
      (tx) => add(tx, 'bad'),
      (tx) => add(tx, 'c'),
    )
    expect(errorsOf(outcomes)).toEqual([null, null, 'VALUE_REFUSED', null])
    expect(await lines()).toEqual(['a', 'c', 'first'])
  })

  test('and they keep their order, whatever was wrong with it', async () => {
    await near.pool.query('CREATE TABLE place (n serial, text text UNIQUE NOT NULL)')
    const put = (text: string) => (tx: Db) => tx.execute(sql`insert into place (text) values (${text})`)
    const outcomes = await together(put('a'), put('b'), put('a'), put('c'), put('d'), put('e'))
    expect(errorsOf(outcomes)).toEqual([null, null, null, 'ALREADY_EXISTS', null, null, null])
    const { rows } = await near.pool.query('SELECT text FROM place ORDER BY n')
    expect(rows.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
})

test('once the database fails one that runs by itself, nobody waits behind the time-outs of others', async () => {
  let arrived = 0
  const all = opening()
  const meet: Work = async (tx) => {
    await add(tx, 'met')
    if (++arrived === 2) all.open()
    await all.opened // of the other one, which runs at the same time
  }
  const lost = new UnavailableError('DATABASE_SLOW', 'It takes too long.')
  const outcomes = await together(
    () => Promise.reject(new NotFoundError('Task', '1')),
    () => Promise.reject(lost),
    meet,
    meet,
  )
  expect(errorsOf(outcomes)).toEqual([null, 'NotFoundError: Task 1 not found', 'DATABASE_SLOW', null, null])
  expect(await lines()).toEqual(['first', 'met', 'met'])
})

test('whoever waits too long for the others of a subject is told so, and nothing of theirs is made', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const [begun, { opened, open }] = [opening(), opening()]
  const first = inSharedTransaction(far.db, 'board', async (tx) => {
    await add(tx, 'first')
    begun.open()
    await opened
  })
  await begun.opened
  const late = inSharedTransaction(far.db, 'board', (tx) => add(tx, 'late'))
  const refusal = late.catch((reason: unknown) => toAppError(reason)?.detail)
  vi.advanceTimersByTime(30_000)
  expect(await refusal).toMatchObject({ error: 'DATABASE_SLOW' })
  open()
  await first
  await inSharedTransaction(far.db, 'board', (tx) => add(tx, 'next'))
  expect(await lines()).toEqual(['first', 'next'])
})
