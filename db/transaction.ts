import { setTimeout as delay } from 'node:timers/promises'
import { is } from 'drizzle-orm'
import { PgTransaction, type PgTransactionConfig } from 'drizzle-orm/pg-core'
import type { Db } from './client.ts'
import { sqlState } from './error.ts'

export interface TransactionOptions extends PgTransactionConfig {
  /** How often the work may run in all. */
  attempts?: number
  /** Milliseconds to wait before attempt `next` (2, 3, …): 5, 10, 20 … by default. */
  pauseBefore?: (next: number) => number
  signal?: AbortSignal
}

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws. It runs again when the
 * server asks for that (serialisation failure, deadlock), so it must not act outside the database. Within a
 * transaction it makes a savepoint and never repeats, since the server has given up the whole transaction.
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
    try {
      return await db.transaction(work, config)
    } catch (error) {
      if (attempt >= attempts || !isWorthRepeating(error)) throw error
    }
    await delay(pauseBefore(attempt + 1), undefined, { signal })
  }
}

function doubling(next: number): number {
  return 5 * 2 ** (next - 2)
}

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

function isWorthRepeating(error: unknown): boolean {
  const state = sqlState(error)
  return state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED
}
