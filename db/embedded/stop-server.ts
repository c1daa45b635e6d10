import { rmdir } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { PostmasterFile } from './postmaster-file.ts'
import { inspectProcess } from './process-table.ts'

/** How a server knows its users: each holds one connection of this name for as long as it may need the server. */
export const PRESENCE_NAME = 'agent-rangers presence'
export const WATCHDOG_NAME = 'agent-rangers watchdog'
export const SERVER_USER = 'rangers'

/** Counts the connections of others: those that hold the server, and all. */
export const COUNT_OTHERS = `
  SELECT count(*) FILTER (WHERE application_name = '${PRESENCE_NAME}')::text AS presences, count(*)::text AS clients
  FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND application_name <> '${WATCHDOG_NAME}'`

export interface OtherClients {
  presences: number
  clients: number
}

const POLL_MS = 20
/** For so long a connection of one who has let go may still be seen. */
const PRESENCE_LEAVES_MS = 100

/**
 * True once nobody else is connected. False when somebody still holds the server after 100 ms, or when somebody (psql, say) is
 * still connected after `patienceMs`: the connections of a process that has just ended take a moment to go.
 */
export async function isUnused(
  count: () => Promise<OtherClients>,
  patienceMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const start = performance.now()
  for (;;) {
    const others = await count()
    if (others.clients === 0) return true
    const waited = performance.now() - start
    if (waited > (others.presences > 0 ? PRESENCE_LEAVES_MS : patienceMs)) return false
    await delay(POLL_MS, undefined, { signal })
  }
}

/**
 * Fast shutdown: open transactions are rolled back, everything committed is on disk. Waits for the end, and removes the
 * folder of the socket if nothing else is in it.
 */
export async function stopServer({ pid, socketFolder }: PostmasterFile, signal: AbortSignal): Promise<void> {
  const before = await inspectProcess(pid)
  if (before === undefined) return
  process.kill(pid, 'SIGINT')
  while ((await inspectProcess(pid))?.startedAt === before.startedAt) {
    await delay(POLL_MS, undefined, { signal })
  }
  if (socketFolder) await rmdir(socketFolder).catch(() => {})
}
