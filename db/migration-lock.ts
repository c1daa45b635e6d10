import type pg from 'pg'

/** Any number, the same in each app: whoever holds this advisory lock of the database migrates it. */
const LOCK_KEY = 4_726_117_305
const LOCK_TIMEOUT = '120s'

/** Runs `work` on one connection that holds the lock. The connection is then thrown away, and the lock with it. */
export async function withMigrationLock<T>(
  pool: pg.Pool,
  signal: AbortSignal | undefined,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const client = await pool.connect()
  let released = false
  const release = () => {
    if (!released) client.release(true)
    released = true
  }
  signal?.addEventListener('abort', release, { once: true })
  try {
    await client.query(`SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0`)
    await client.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`)
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
    await client.query('SET lock_timeout = 0')
    return await work(client)
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', release)
    release()
  }
}

/** Commits when `work` returns, rolls back when it throws. */
export async function inOneTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    const value = await work()
    await client.query('COMMIT')
    return value
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}) // the first error says more
    throw error
  }
}
