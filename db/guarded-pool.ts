import { Socket } from 'node:net'
import type { Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'drizzle-orm'
import pg from 'pg'
import { isUnreachable } from './error.ts'
import { sendGathered } from './statement-batch.ts'

/** What every new connection is told. A statement or lock that hangs must not hang the app, or another one's board. */
const SESSION = `
  SET statement_timeout = '30s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'`

/** In all. Several connections may have died at once. */
const MOST_READS = 5

/** While much is asked at once for the first time, a new connection costs more than waiting for one that is there. */
export interface FirstConnections {
  most: number
  /** How long, milliseconds. */
  ms: number
}

export interface GuardedPoolOptions extends pg.PoolConfig {
  first?: FirstConnections | undefined
  /** Of drizzle, for transactions. */
  logger?: Logger | false
  /** A call failed because the server could not be reached. */
  onUnreachable: (error: unknown) => void
}

/**
 * A pool that can be closed for a while: while the server is known not to answer, calls are refused at once instead of
 * each waiting for its own time-out, and what was under way is broken off. Idle connections that have died meanwhile
 * cost readers nothing.
 */
export class GuardedPool extends pg.Pool {
  readonly logger: Logger | false
  readonly #gate: Gate
  readonly #onUnreachable: GuardedPoolOptions['onUnreachable']

  constructor({ onUnreachable, logger = false, first, ...options }: GuardedPoolOptions) {
    const gate = new Gate()
    const { max = 10 } = options
    super({
      ...options,
      max: Math.min(max, first?.most ?? max),
      Client: guardedClient(gate),
      onConnect: async (client: pg.ClientBase) => void (await client.query(SESSION)),
    } as pg.PoolConfig)
    if (first) setTimeout(() => this.#widen(max), first.ms).unref()
    this.logger = logger
    this.#gate = gate
    this.#onUnreachable = onUnreachable
    this.query = this.#queryGuarded as typeof this.query
    const connect = this.connect.bind(this) as (callback?: Callback) => unknown
    this.connect = ((callback?: Callback) => {
      if (!gate.reason) return connect(callback)
      return callback ? callback(gate.reason, undefined, () => {}) : Promise.reject(gate.reason)
    }) as typeof this.connect
  }

  /** Breaks all connections off, and refuses every call with the reason until `resume`. */
  suspend(reason: Error): void {
    this.#gate.reason = reason
    for (const socket of this.#gate.sockets) socket.destroy()
  }

  resume(): void {
    this.#gate.reason = null
  }

  #widen(max: number): void {
    this.options.max = max
    // Those who wait by now get connections of their own once one call has got its own.
    if (this.waitingCount > 0) void this.query('SELECT 1').catch(() => {})
  }

  /** A read that met a connection which had died while it was idle is made again, on another one. */
  async #queryGuarded(...args: unknown[]): Promise<unknown> {
    const query = pg.Pool.prototype.query as (...args: unknown[]) => Promise<unknown>
    for (let attempt = 1; ; attempt++) {
      try {
        return await query.apply(this, args)
      } catch (error) {
        const isGone = !this.#gate.reason && !this.ending && isUnreachable(error)
        if (isGone) this.#onUnreachable(error)
        if (!isGone || !isRead(args[0]) || attempt >= MOST_READS) throw error
      }
      await pause(attempt * 5) // the pool hears of others that have died
    }
  }
}

type EndCallback = (error: Error) => void
type Callback = (error: Error | undefined, client: undefined, done: () => void) => void

class Gate {
  /** Why nobody gets through; null while it is open. */
  reason: Error | null = null
  /** Of all connections, those that are still being made included. */
  readonly sockets = new Set<Socket>()
}

/** Its own socket is what can be broken off whatever the connection is doing. */
function guardedClient(gate: Gate): typeof pg.Client {
  return class extends pg.Client {
    constructor(config: pg.ClientConfig) {
      const socket = new Socket()
      // The pool hides the password from spreading.
      super({ ...config, ...(config.password && { password: config.password }), stream: () => socket })
      gate.sockets.add(socket)
      socket.once('close', () => gate.sockets.delete(socket))
      const query = this.query.bind(this) as (...args: unknown[]) => unknown
      this.query = ((...args: unknown[]) => {
        sendGathered(this)
        holdBack(this.connection?.stream)
        return query(...args)
      }) as typeof this.query
      const end = this.end.bind(this) as (callback?: EndCallback) => Promise<void>
      // With statements under way, pg would wait until the last one of the pipeline is answered.
      this.end = ((callback?: EndCallback) => {
        const isIdle = 'readyForQuery' in this && this.readyForQuery === true
        const ended = end(callback)
        if (!isIdle) socket.destroy()
        return ended
      }) as typeof this.end
    }
  } as typeof pg.Client
}

const held = new WeakSet<Writable>()

/** Sends what is written in one go of the program with one call of the system, and so wakes the server once. */
function holdBack(stream: Writable | undefined): void {
  if (!stream || held.has(stream)) return
  held.add(stream)
  stream.cork()
  process.nextTick(() => {
    held.delete(stream)
    stream.uncork()
  })
}

/** Whether a statement may be made twice: what drizzle makes of a select, and simple ones of our own. */
function isRead(query: unknown): boolean {
  const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : query
  return typeof text === 'string' && /^\s*select\b/i.test(text)
}
