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

const FIRST_DELAY_MS = 100
const LONGEST_DELAY_MS = 5000

export function startListener(options: ListenerOptions): Listener {
  const closing = new AbortController()
  let client: pg.Client | null = null
  const running = (async () => {
    let delay = FIRST_DELAY_MS
    while (!closing.signal.aborted) {
      try {
        client = new pg.Client({
          ...options.connection,
          keepAlive: true,
          application_name: 'agent-rangers listener',
        })
        const ended = new Promise<Error>((resolve) => {
          client?.once('error', resolve)
          client?.once('end', () => resolve(new Error('The connection to the database ended')))
        })
        await client.connect()
        client.on('notification', (message) => options.onNotify(message.payload ?? ''))
        await client.query(`LISTEN ${CHANNEL}`)
        delay = FIRST_DELAY_MS
        options.onConnected()
        const error = await ended
        if (!closing.signal.aborted) options.onLost(error)
      } catch (cause) {
        if (!closing.signal.aborted) options.onLost(cause instanceof Error ? cause : new Error(String(cause)))
      }
      await client?.end().catch(() => {})
      await pause(delay, undefined, { signal: closing.signal }).catch(() => {}) // closed meanwhile
      delay = Math.min(delay * 2, LONGEST_DELAY_MS)
    }
  })()
  return {
    async close() {
      closing.abort()
      await client?.end().catch(() => {})
      await running
    },
  }
}
