import { setTimeout as delay } from 'node:timers/promises'
import { is } from 'drizzle-orm'
import { NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres/session'
import { PgDialect, PgTransaction, type PgTransactionConfig } from 'drizzle-orm/pg-core'
import pg, { type PoolClient } from 'pg'
import { UnavailableError } from '#shared/errors.ts'
import type { Db } from './client.ts'
import { isUnreachable, sqlState } from './error.ts'
import { GuardedPool } from './guarded-pool.ts'
import { sendTogether, UnsentError } from './statement-batch.ts'

export interface TransactionOptions extends PgTransactionConfig {
  /** How often the work may run in all. */
  attempts?: number
  /** Milliseconds to wait before attempt `next` (2, 3, …): 5, 10, 20 … by default. */
  pauseBefore?: (next: number) => number
  signal?: AbortSignal
}

/**
 * Notes a statement, run by name, whose answer the work does not need: the commit is sent right behind it, without waiting.
 * When it fails, nothing is committed, and the transaction throws its error.
 */
export type NoteLast = (statement: Promise<unknown>) => void

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws. It runs again when the
 * server asks for that (serialisation failure, deadlock), or when the connection turns out to have died while it was
 * idle, so it must not act outside the database. Within a transaction it makes a savepoint and never repeats, since the
 * server has given up the whole transaction. A connection that goes while the commit is under way leaves open what
 * became of it: that is an error of its own, COMMIT_UNKNOWN.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Db, last: NoteLast) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const { attempts = 5, pauseBefore = doubling, signal, ...config } = options
  if (is(db, PgTransaction)) return runWithin(db, work, config)
  const pool = (db as Db & { $client?: unknown }).$client
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    const progress: Progress = { at: 'connect' }
    try {
      if (pool instanceof GuardedPool) return await runOnce(pool, work, config, progress)
      return await runWithin(db, work, config)
    } catch (error) {
      if (attempt >= attempts || !isWorthRepeating(error, progress)) throw outcomeOf(error, progress)
    }
    await delay(pauseBefore(attempt + 1), undefined, { signal })
  }
}

/** In a savepoint, or on a pool that is not ours. */
function runWithin<T>(
  db: Db,
  work: (tx: Db, last: NoteLast) => Promise<T>,
  config: PgTransactionConfig,
): Promise<T> {
  return db.transaction(async (tx) => {
    const pending: Promise<unknown>[] = []
    const value = await work(tx, (statement) => void pending.push(noticed(statement)))
    await Promise.all(pending)
    return value
  }, config)
}

/** How far an attempt has come. */
export interface Progress {
  at: 'connect' | 'begin' | 'work' | 'commit'
}

/**
 * On a connection of its own, given back whatever happens. BEGIN travels with the first statement of the work, and COMMIT
 * with its last one where the work says so: the server answers in order, and what follows a failed statement fails too.
 */
export async function runOnce<T>(
  pool: GuardedPool,
  work: (tx: Db, last: NoteLast) => Promise<T>,
  config: PgTransactionConfig,
  progress: Progress,
): Promise<T> {
  const client = await pool.connect()
  progress.at = 'begin'
  const run = (text: string) => {
    if (pool.logger) pool.logger.logQuery(text, [])
    return sendTogether(client, { name: text, text })
  }
  const begun = noticed(
    run(beginOf(config)).then(() => {
      progress.at = 'work'
    }),
  )
  const pending: Promise<unknown>[] = []
  let refused: { reason: unknown } | undefined
  const note: NoteLast = (last) => {
    pending.push(last)
    last.catch((reason: unknown) => {
      refused ??= { reason }
    })
  }
  let isBroken = false
  try {
    const value = await work(transactionOn(client, pool), note)
    await begun
    // What was not even sent the server knows nothing of, and would commit the rest.
    if (refused) throw refused.reason
    progress.at = 'commit'
    const commit = run('commit')
    for (const outcome of await Promise.allSettled([...pending, commit])) {
      if (outcome.status === 'rejected') throw outcome.reason
    }
    if ((await commit).command !== 'COMMIT') throw new Error(GIVEN_UP)
    return value
  } catch (error) {
    const first = await begun.then(
      () => error,
      (reason: unknown) => reason,
    )
    isBroken = isUnreachable(first) || !(await hasRolledBack(run('rollback')))
    throw first
  } finally {
    client.release(isBroken)
  }
}

const GIVEN_UP = 'A statement failed, the work went on as if it had not, and so nothing of it was committed.'

/** Whoever waits for it hears of its failure; until then nobody calls it unhandled. */
function noticed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

function hasRolledBack(rollback: Promise<unknown>): Promise<boolean> {
  return rollback.then(
    () => true,
    () => false,
  )
}

function beginOf({ isolationLevel, accessMode, deferrable }: PgTransactionConfig): string {
  const level = isolationLevel ? ` isolation level ${isolationLevel}` : ''
  const mode = accessMode ? ` ${accessMode}` : ''
  const wait = deferrable === undefined ? '' : deferrable ? ' deferrable' : ' not deferrable'
  return `begin${level}${mode}${wait}`
}

const dialect = new PgDialect()
const transactions = new WeakMap<PoolClient, Db>()
const connections = new WeakMap<Db, Connection>()

/** A connection, and who writes down what is run on it. */
interface Connection {
  client: PoolClient
  logger: GuardedPool['logger']
}

/** The connection on which a transaction runs; none for what is no transaction, or only a savepoint of one. */
export function connectionOf(tx: Db): Connection | undefined {
  return connections.get(tx)
}

/** What queries run on; a connection has the same one each time. */
function transactionOn(client: PoolClient, { logger }: GuardedPool): Db {
  const known = transactions.get(client)
  if (known) return known
  const session = new NodePgSession(client, dialect, undefined, logger ? { logger } : {})
  const made: Db = new NodePgTransaction(dialect, session, undefined)
  transactions.set(client, made)
  connections.set(made, { client, logger })
  return made
}

/** What to throw: that nobody knows, where the server has not answered the commit that was under way. */
export function outcomeOf(error: unknown, { at }: Progress): unknown {
  if (at !== 'commit' || isAnswered(error)) return error
  return new UnavailableError('COMMIT_UNKNOWN', unknownOutcome, { cause: error })
}

/** The server has refused and lives on, or was never asked: only then it is sure that nothing was committed. */
export function isAnswered(error: unknown): boolean {
  if (isUnreachable(error)) return false
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof UnsentError || at.message === GIVEN_UP) return true
    if (at instanceof pg.DatabaseError) return at.severity !== 'FATAL' && at.severity !== 'PANIC'
  }
  return false
}

const unknownOutcome =
  'The database went away while this was being saved. When it answers again, look whether the change is there; if not, make it again.'

function doubling(next: number): number {
  return 5 * 2 ** (next - 2)
}

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

function isWorthRepeating(error: unknown, { at }: Progress): boolean {
  if (at === 'begin' && isUnreachable(error)) return true
  const state = sqlState(error)
  return state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED
}
