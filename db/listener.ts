import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** The one channel on which committed transactions name what changed (ids only). */
export const CHANNEL = 'agent_rangers'

/** A connection of its own that hears `CHANNEL`; it reconnects by itself until it is closed. */
export interface Listener {
  close(): Promise<void>
}

export interface ListenerOptions {
  connection: pg.ClientConfig
  onNotify: (payload: string) => void
  /** Called after every (re)connection: what was sent meanwhile has to be read. */
  onConnected: () => void
  onLost: (error: Error) => void
}

const APPLICATION_NAME = 'agent-rangers listener'
const FIRST_DELAY_MS = 100
const LONGEST_DELAY_MS = 5000

export function startListener(options: ListenerOptions): Listener {
  const closing = new AbortController()
  const { signal } = closing
  const running = listenOnAndOn(options, signal)
  return {
    async close() {
      closing.abort()
      await running
    },
  }
}

async function listenOnAndOn(options: ListenerOptions, signal: AbortSignal): Promise<void> {
  let delay = FIRST_DELAY_MS
  while (!signal.aborted) {
    const lost = await listenOnce(options, signal, () => {
      delay = FIRST_DELAY_MS
    })
    if (signal.aborted) return
    options.onLost(lost)
    await pause(delay, undefined, { signal }).catch(() => {}) // closed meanwhile
    delay = Math.min(delay * 2, LONGEST_DELAY_MS)
  }
}

/** Listens until the connection is lost or the signal aborts; gives the reason. */
async function listenOnce(
  options: ListenerOptions,
  signal: AbortSignal,
  connected: () => void,
): Promise<Error> {
  const client = new pg.Client({ ...options.connection, keepAlive: true, application_name: APPLICATION_NAME })
  const end = () => void client.end().catch(() => {})
  signal.addEventListener('abort', end, { once: true })
  try {
    const ended = new Promise<Error>((resolve) => {
      client.once('error', resolve)
      client.once('end', () => resolve(new Error('The connection to the database ended')))
    })
    await client.connect()
    client.on('notification', (message) => options.onNotify(message.payload ?? ''))
    await client.query(`LISTEN ${CHANNEL}`)
    connected()
    options.onConnected()
    return await ended
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause))
  } finally {
    signal.removeEventListener('abort', end)
    await client.end().catch(() => {})
  }
}
