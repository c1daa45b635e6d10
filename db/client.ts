import { drizzle, type NodePgDatabase, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import { type FirstConnections, GuardedPool } from './guarded-pool.ts'
import type { DatabaseLog } from './log.ts'

/** The database or one of its transactions: what every query takes. */
export type Db = PgDatabase<NodePgQueryResultHKT>

/** Where a server is and how to get in, as `pg` takes it. */
export type ConnectionSettings = pg.ClientConfig

/** Connections of this process; `waiting` are callers that queue for one. */
export interface PoolStatus {
  total: number
  idle: number
  waiting: number
}

/** An open pool and drizzle on top of it. Whoever opens it closes it. */
export interface Database {
  db: NodePgDatabase
  pool: pg.Pool
  poolStatus(): PoolStatus
  /** Breaks off what is under way, and refuses every call with the reason at once, until `resume`. */
  suspend(reason: Error): void
  resume(): void
  /**
   * Calls the listener when an idle connection broke (the server restarted, say), which the pool has dropped by then, and
   * when a call could not reach the server.
   */
  onUnreachable(listener: (error: unknown) => void): void
  /** Waits for the connections in use; further queries fail. May be called twice. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** Where the server is: a `postgresql://` URL, or the settings of the embedded server. */
  connection: string | pg.ClientConfig
  /** Connections kept open once made. */
  poolSize?: number
  /** Further connections under load; they close after 10 s of idleness. */
  maxOverflow?: number
  /** Fewer connections for a while. */
  first?: FirstConnections
  /** Shown by pg_stat_activity. */
  applicationName?: string
  /** Logs the text of each statement at debug level; its values never. */
  echo?: boolean
  log?: DatabaseLog
}

const CONNECT_TIMEOUT_MS = 10_000
const FIRST_KEEP_ALIVE_MS = 10_000
const OVERFLOW_IDLE_MS = 10_000
const LONGEST_LIFE_SECONDS = 3600

/** Makes the pool. Nothing is connected before the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const { poolSize = 20, maxOverflow = 10, log } = options
  const listeners = new Set<(error: unknown) => void>()
  const onUnreachable = (error: unknown) => {
    for (const listener of listeners) listener(error)
  }
  const logger = options.echo && log ? statementLogger(log) : false
  const pool = new GuardedPool({
    ...connectionSettings(options.connection),
    application_name: options.applicationName ?? 'agent-rangers',
    min: poolSize,
    max: poolSize + maxOverflow,
    first: options.first,
    idleTimeoutMillis: OVERFLOW_IDLE_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    maxLifetimeSeconds: LONGEST_LIFE_SECONDS,
    // What need not wait for the answer before it is sent at once: BEGIN and the first statement, the last one and COMMIT.
    pipeline: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: FIRST_KEEP_ALIVE_MS,
    onUnreachable,
    logger,
  })
  // Nor may it end with a connection that breaks between two statements of a transaction: the next one tells.
  pool.on('connect', (client) => client.on('error', () => {}))
  // Without a listener a restart of the server would end this process.
  pool.on('error', (error) => {
    log?.warn(
      { event: 'database_connection_lost', reason: error.message },
      'An idle database connection was lost',
    )
    onUnreachable(error)
  })
  log?.info(
    { event: 'database_connection_created', pool_size: poolSize, max_overflow: maxOverflow },
    'The database pool is ready',
  )
  const db = drizzle({ client: pool, logger })
  let closed: Promise<void> | undefined
  return {
    db,
    pool,
    poolStatus: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    suspend: (reason) => pool.suspend(reason),
    resume: () => pool.resume(),
    onUnreachable: (listener) => void listeners.add(listener),
    close: () => {
      closed ??= pool.end()
      return closed
    },
  }
}

/** A URL or settings as settings, so that both can be added to. */
function connectionSettings(connection: string | pg.ClientConfig): pg.ClientConfig {
  return typeof connection === 'string' ? { connectionString: connection } : connection
}

function statementLogger(log: DatabaseLog) {
  return { logQuery: (statement: string) => log.debug({ event: 'database_statement', statement }, 'SQL') }
}
