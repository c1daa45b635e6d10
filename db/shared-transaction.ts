import { AsyncResource } from 'node:async_hooks'
import { UnavailableError } from '#shared/errors.ts'
import type { Db } from './client.ts'
import { overtaxed, toAppError } from './error.ts'
import { GuardedPool } from './guarded-pool.ts'
import { inTransaction, isAnswered, type NoteLast, outcomeOf, type Progress, runOnce } from './transaction.ts'

type Work<T> = (tx: Db, last: NoteLast) => Promise<T>

/** Of one transaction: whoever is the first of it waits for the last. */
const MOST_TOGETHER = 16
/** Until a work begins. Each transaction has limits of its own, but many may be before it. */
const LONGEST_WAIT_MS = 30_000

/**
 * Runs `work` in a transaction, as `inTransaction` does. Works that are given for the same `subject`, a board say,
 * while one is under way here would only queue for it at the server: they wait in this process, and then share the
 * next transaction, one after the other, and its commit. When one of them fails, nothing of that transaction stays,
 * and each runs in one of its own, in their order: so they succeed or fail as they would have alone. One that has
 * not begun after 30 s fails with DATABASE_SLOW. The subject is a hint; locks are the work's affair.
 */
export async function inSharedTransaction<T>(db: Db, subject: string | undefined, work: Work<T>): Promise<T> {
  const pool = (db as Db & { $client?: unknown }).$client
  if (subject === undefined || !(pool instanceof GuardedPool)) return inTransaction(db, work)
  const queues = queuesOf(pool)
  const queue = queues.get(subject)
  if (queue) return new Promise((resolve, reject) => queue.push(waiting(db, work, resolve, reject)))
  const own: Waiting[] = []
  queues.set(subject, own)
  try {
    return await inTransaction(db, work)
  } finally {
    void drain(pool, own, () => queues.delete(subject))
  }
}

const queuesByPool = new WeakMap<GuardedPool, Map<string, Waiting[]>>()

function queuesOf(pool: GuardedPool): Map<string, Waiting[]> {
  const known = queuesByPool.get(pool)
  if (known) return known
  const made = new Map<string, Waiting[]>()
  queuesByPool.set(pool, made)
  return made
}

/** A work that waits for its turn. */
interface Waiting {
  /** From now on it is under way; false when it has waited for too long, and has failed. */
  begin(): boolean
  /** Within a transaction of several; gives what to do when that is committed. */
  join(tx: Db, last: NoteLast): Promise<() => void>
  /** In a transaction of its own; gives what it failed with. Never throws. */
  runAlone(): Promise<unknown>
  fail(error: unknown): void
}

/** The work goes on in the context of who gave it, whose log lines are known by it. */
function waiting<T>(
  db: Db,
  work: Work<T>,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Waiting {
  const own = AsyncResource.bind(work)
  const failed = (error: unknown) => {
    reject(error)
    return error
  }
  let isLate = false
  const limit = setTimeout(() => {
    isLate = true
    reject(new UnavailableError('DATABASE_SLOW', overtaxed))
  }, LONGEST_WAIT_MS)
  limit.unref()
  return {
    begin() {
      clearTimeout(limit)
      return !isLate
    },
    join: async (tx, last) => {
      const value = await own(tx, last)
      return () => resolve(value)
    },
    runAlone: () => inTransaction(db, own).then(resolve, failed),
    fail: reject,
  }
}

/** Until nobody waits any more; closes the queue in the same turn: nobody joins it too late. Never throws. */
async function drain(pool: GuardedPool, queue: Waiting[], close: () => void): Promise<void> {
  while (queue.length > 0) {
    const [first, ...others] = queue.splice(0, MOST_TOGETHER).filter((work) => work.begin())
    if (first && others.length === 0) await first.runAlone()
    else if (first) await runTogether(pool, [first, ...others])
  }
  close()
}

async function runTogether(pool: GuardedPool, works: readonly Waiting[]): Promise<void> {
  const progress: Progress = { at: 'connect' }
  const all = async (tx: Db, last: NoteLast) => {
    const settle: (() => void)[] = []
    for (const work of works) settle.push(await work.join(tx, last))
    return settle
  }
  try {
    for (const settle of await runOnce(pool, all, {}, progress)) settle()
  } catch (error) {
    if (progress.at === 'commit' && !isAnswered(error)) failAll(works, outcomeOf(error, progress))
    else await runApart(works, error)
  }
}

/** What became of a commit that got no answer nobody knows: it must not be made twice. */
function failAll(works: readonly Waiting[], error: unknown): void {
  for (const work of works) work.fail(error)
}

/** In their order; but once the database fails one of them, nobody waits behind the time-outs of others. */
async function runApart(works: readonly Waiting[], error: unknown): Promise<void> {
  let failure = error
  for (const [index, work] of works.entries()) {
    if (toAppError(failure) instanceof UnavailableError) {
      await Promise.all(works.slice(index).map((late) => late.runAlone()))
      return
    }
    failure = await work.runAlone()
  }
}
