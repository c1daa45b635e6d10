import { removeOldAudit } from '#db/queries/audit.ts'
import { listBoardsWithOldEvents, removeOldBoardEvents } from '#db/queries/board-events.ts'
import { inTransaction } from '#db/transaction.ts'
import type { AppContext } from '../context.ts'
import { removeOldOpened } from '../workspaces/kept-copy.ts'
import { removeOldGuards } from './old-guards.ts'
import { repeatWork } from './repeat-work.ts'

export interface RetentionOptions {
  /** The start of the app must not wait for it. */
  firstMs?: number
  everyMs?: number
}

const FIRST_MS = 5 * 60_000
const DAY_MS = 24 * 3600_000
const AUDIT_DAYS = 90
const EVENT_DAYS = 7
const KEPT_EVENTS = 1000
const OPENED_MS = 30 * DAY_MS
/** Rows that are removed at once: nobody waits for long. */
const BATCH = 1000

/**
 * Removes what nobody will ask for any more, once a day: old audit records, old events that no window resumes from, and
 * what was kept to undo changes of repositories, or to read results of plain folders more quickly.
 */
export function startRetention(
  ctx: Pick<AppContext, 'db' | 'log' | 'config' | 'now'>,
  { firstMs = FIRST_MS, everyMs = DAY_MS }: RetentionOptions = {},
): AsyncDisposable {
  const work = async (signal: AbortSignal) => {
    const removed = await removeExpired(ctx, signal)
    await removeOldGuards(ctx)
    await removeOldOpened(ctx.config.workspaceRoot, new Date(ctx.now().getTime() - OPENED_MS))
    if (removed.audit + removed.events > 0)
      ctx.log.info({ event: 'retention', ...removed }, 'removed what had expired')
  }
  return repeatWork({ name: 'retention', log: ctx.log, firstMs, everyMs, work })
}

/** Batch by batch, until nothing is left to remove or the signal aborts. Returns how many rows went. */
export async function removeExpired(
  { db }: Pick<AppContext, 'db'>,
  signal: AbortSignal,
): Promise<{ audit: number; events: number }> {
  const audit = await inBatches(signal, () =>
    inTransaction(db, (tx) => removeOldAudit(tx, AUDIT_DAYS, BATCH)),
  )
  let events = 0
  for (const id of await listBoardsWithOldEvents(db, EVENT_DAYS)) {
    const which = { olderThanDays: EVENT_DAYS, kept: KEPT_EVENTS, limit: BATCH }
    events += await inBatches(signal, () => removeOldBoardEvents(db, id, which))
  }
  return { audit, events }
}

async function inBatches(signal: AbortSignal, remove: () => Promise<number>): Promise<number> {
  let total = 0
  for (;;) {
    signal.throwIfAborted()
    const removed = await remove()
    total += removed
    if (removed < BATCH) return total
  }
}
