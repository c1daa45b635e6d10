import { setTimeout as delay } from 'node:timers/promises'
import { is } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { PgTransaction, type PgTransactionConfig } from 'drizzle-orm/pg-core'
import { UnavailableError } from '#shared/errors.ts'
import type { Db } from './client.ts'
import { isUnreachable, sqlState } from './error.ts'
import { GuardedPool } from './guarded-pool.ts'

export interface TransactionOptions extends PgTransactionConfig {
  /** How often the work may run in all. */
  attempts?: number
  /** Milliseconds to wait before attempt `next` (2, 3, …): 5, 10, 20 … by default. */
  pauseBefore?: (next: number) => number
  signal?: AbortSignal
}

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws. It runs again when the
 * server asks for that (serialisation failure, deadlock), or when the connection turns out to have died while it was
 * idle, so it must not act outside the database. Within a transaction it makes a savepoint and never repeats, since the
 * server has given up the whole transaction. A connection that goes while the commit is under way leaves open what
 * became of it: that is an error of its own, COMMIT_UNKNOWN.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Db) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const { attempts = 5, pauseBefore = doubling, signal, ...config } = options
  if (is(db, PgTransaction)) return db.transaction(work)
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    const progress: Progress = { at: 'connect' }
    try {
      return await runOnce(db, work, config, progress)
    } catch (error) {
      if (attempt >= attempts || !isWorthRepeating(error, progress)) throw outcomeOf(error, progress)
    }
    await delay(pauseBefore(attempt + 1), undefined, { signal })
  }
}

/** How far an attempt has come. */
interface Progress {
  at: 'connect' | 'begin' | 'work' | 'commit'
}

/**
 * On a connection of its own, given back whatever happens: drizzle's way of taking one from the pool keeps it for ever
 * when BEGIN fails, and hides the first error behind that of the ROLLBACK.
 */
async function runOnce<T>(
  db: Db & { $client?: unknown },
  work: (tx: Db) => Promise<T>,
  config: PgTransactionConfig,
  progress: Progress,
): Promise<T> {
  const pool = db.$client
  if (!(pool instanceof GuardedPool)) return db.transaction(work, config)
  const client = await pool.connect()
  progress.at = 'begin'
  let first: unknown
  let isBroken = false
  const watched = async (tx: Db) => {
    progress.at = 'work'
    try {
      const value = await work(tx)
      progress.at = 'commit'
      return value
    } catch (error) {
      first = error
      throw error
    }
  }
  try {
    return await drizzle({ client, logger: pool.logger }).transaction(watched, config)
  } catch (error) {
    isBroken = isUnreachable(error)
    throw first ?? error
  } finally {
    client.release(isBroken)
  }
}

function outcomeOf(error: unknown, { at }: Progress): unknown {
  if (at !== 'commit' || !isUnreachable(error)) return error
  return new UnavailableError('COMMIT_UNKNOWN', unknownOutcome, { cause: error })
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
