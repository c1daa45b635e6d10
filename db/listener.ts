import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** The one channel on which committed transactions name what changed (ids only). */
export const CHANNEL = 'agent_rangers'

/** A connection of its own that hears `CHANNEL`; it reconnects by itself until it is closed. */
export interface Listener {
  /** Looks now whether the server answers, without waiting for the next turn; true when it does. */
  check(): Promise<boolean>
  close(): Promise<void>
}

export interface ListenerOptions {
  connection: pg.ClientConfig
  onNotify: (payload: string) => void
  /** Called after every (re)connection: what was sent meanwhile has to be read. */
  onConnected: () => void
  /** The server does not answer, told once an attempt. A connection that was lost and is there again at once is no loss. */
  onLost: (error: Error) => void
}

const APPLICATION_NAME = 'agent-rangers listener'
const FIRST_DELAY_MS = 100
/** A connection that lived so long was no mere attempt. */
const SETTLED_MS = 1000
const LONGEST_DELAY_MS = 2000
const CONNECT_LIMIT_MS = 5000
/** A network can swallow everything without a word: the system would notice after a quarter of an hour. */
const PING_EVERY_MS = 3000
const ANSWER_LIMIT_MS = 3000

export function startListener(options: ListenerOptions): Listener {
  const closing = new AbortController()
  const watch: Watch = { signal: closing.signal, poke: () => {}, looked: new Set() }
  const running = listenOnAndOn(options, watch)
  return {
    check: () =>
      new Promise((resolve) => {
        if (closing.signal.aborted) return resolve(false)
        watch.looked.add(resolve)
        watch.poke()
      }),
    async close() {
      closing.abort()
      tell(watch, false)
      await running
    },
  }
}

/** What the loop and those who ask share. */
interface Watch {
  signal: AbortSignal
  /** Ends the present pause. */
  poke: () => void
  /** Wait for the next certainty. */
  looked: Set<(isThere: boolean) => void>
}

function tell({ looked }: Watch, isThere: boolean): void {
  for (const resolve of looked) resolve(isThere)
  looked.clear()
}

async function listenOnAndOn(options: ListenerOptions, watch: Watch): Promise<void> {
  const { signal } = watch
  let delay = FIRST_DELAY_MS
  while (!signal.aborted) {
    let connectedAt: number | undefined
    const error = await listenOnce(options, watch, () => {
      connectedAt = performance.now()
      tell(watch, true)
    })
    if (signal.aborted) return
    if (connectedAt !== undefined && !(error instanceof SilentError)) {
      // What ends a connection need not be the end of the server: that shows at once.
      delay = performance.now() - connectedAt > SETTLED_MS ? 0 : FIRST_DELAY_MS
    } else {
      options.onLost(error)
      tell(watch, false)
      delay = Math.min(Math.max(delay * 2, FIRST_DELAY_MS), LONGEST_DELAY_MS)
    }
    await untilPoked(watch, delay)
  }
}

class SilentError extends Error {
  override readonly name = 'SilentError'
  constructor() {
    super('The connection to the database is silent')
  }
}

/** Listens until the connection is lost or the signal aborts; gives the reason. */
async function listenOnce(options: ListenerOptions, watch: Watch, connected: () => void): Promise<Error> {
  const { signal } = watch
  const client = new pg.Client({
    ...options.connection,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    application_name: APPLICATION_NAME,
  })
  client.on('error', () => {}) // what waits for the connection says it
  const end = () => hangUp(client)
  const over = new AbortController()
  signal.addEventListener('abort', end, { once: true })
  try {
    const ended = new Promise<Error>((resolve) => {
      client.once('error', resolve)
      client.once('end', () => resolve(new Error('The connection to the database ended')))
    })
    await client.connect()
    client.on('notification', (message) => options.onNotify(message.payload ?? ''))
    await withinLimit(client.query(`LISTEN ${CHANNEL}`))
    connected()
    options.onConnected()
    return await Promise.race([ended, keepAsking(client, watch, over.signal)])
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause))
  } finally {
    over.abort()
    signal.removeEventListener('abort', end)
    hangUp(client)
  }
}

/** Asks the server for a sign of life, again and again; resolves when there was none. A socket of this computer tells. */
async function keepAsking(client: pg.Client, watch: Watch, over: AbortSignal): Promise<Error> {
  const pauseMs = client.host.startsWith('/') ? undefined : PING_EVERY_MS
  while (!over.aborted) {
    await untilPoked(watch, pauseMs, over)
    if (over.aborted) break
    try {
      await withinLimit(client.query('SELECT 1'))
      tell(watch, true)
    } catch (error) {
      if (error instanceof SilentError) return error
      break // `ended` says why
    }
  }
  return new Promise(() => {})
}

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  const settled = new AbortController()
  const limit = async () => {
    await pause(ANSWER_LIMIT_MS, undefined, settled)
    await pause(50, undefined, settled) // this process may have been asleep itself: what has come is read first
    throw new SilentError()
  }
  try {
    return await Promise.race([work, limit()])
  } finally {
    work.catch(() => {}) // nobody waits for it any more
    settled.abort()
  }
}

/** Waits so long (without a number, for ever), or until somebody wants to know. */
async function untilPoked(watch: Watch, ms: number | undefined, over?: AbortSignal): Promise<void> {
  if (watch.looked.size > 0) return
  const poked = new AbortController()
  watch.poke = () => poked.abort()
  const signal = AbortSignal.any([watch.signal, poked.signal, ...(over ? [over] : [])])
  if (ms !== undefined) await pause(ms, undefined, { signal }).catch(() => {})
  else if (!signal.aborted) {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  }
  watch.poke = () => {}
}

/** A farewell would never arrive where the network is cut, and end() waits for the answer. */
function hangUp(client: pg.Client): void {
  client.end().catch(() => {})
  setTimeout(() => client.connection.stream.destroy(), 1000).unref()
}
