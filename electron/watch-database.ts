import type { ConnectionSettings, Database } from '#db/client.ts'
import { startListener } from '#db/listener.ts'
import { DatabaseWatch } from './events/database-watch.ts'
import { isTopic, type Topic, Wakeups } from './events/wakeups.ts'
import type { Logger } from './log.ts'
import type { Shutdown } from './shutdown.ts'

export interface WatchedDatabase {
  database: Database
  connection: ConnectionSettings
  isEmbedded: boolean
  /** Why the app's own server does not come back, where that is known. */
  trouble: (() => unknown) | undefined
  log: Logger
  onWake: ((topic: Topic) => void) | undefined
}

/**
 * What wakes readers: commits of this process, and by the database those of others. The connection that hears them is
 * also what knows whether the database answers at all.
 */
export function watchDatabase(
  parts: Shutdown,
  { database, connection, isEmbedded, trouble, log, onWake }: WatchedDatabase,
): { wakeups: Wakeups; databaseWatch: DatabaseWatch } {
  const wakeups = new Wakeups(onWake)
  const databaseWatch = new DatabaseWatch({
    isEmbedded,
    now: () => new Date(),
    log,
    pool: database,
    check: () => listener.check(),
  })
  const listener = startListener({
    connection,
    onNotify: (payload) => {
      if (isTopic(payload)) wakeups.wake(payload)
    },
    onConnected: () => {
      databaseWatch.answers()
      wakeups.wakeAll() // what was told meanwhile was heard by nobody
    },
    onLost: (error) => databaseWatch.lost(trouble?.() ?? error),
  })
  database.onUnreachable(() => void listener.check())
  parts.defer(() => listener.close())
  return { wakeups, databaseWatch }
}
