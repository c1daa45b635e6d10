import type { Db } from '#db/client.ts'
import { firstBoardEventId, lastBoardEventId, readBoardEvents } from '#db/queries/board-events.ts'
import type { BoardMessage } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { follow } from '../events/follow.ts'
import { patiently } from '../orchestrator/patiently.ts'

type FollowContext = Pick<AppContext, 'db' | 'wakeups' | 'databaseWatch' | 'now'>

/** Events are kept for days (`startRetention`): who has read so lately, milliseconds, has missed none. */
const SURE_MS = 3600_000

/**
 * The events of a board after an id (without one: from now on). When the events right after it are not kept any more, at
 * the start or because the computer slept for days, a message says that the board has to be read again, and the events
 * behind that moment follow. A database that is lost meanwhile is waited for.
 */
export async function* followBoard(
  ctx: FollowContext,
  boardId: BoardId,
  lastEventId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<{ id: string; message: BoardMessage }> {
  let lookedAt = Number.NEGATIVE_INFINITY
  const readOn = async (after: bigint, limit: number): Promise<{ id: bigint; message: BoardMessage }[]> => {
    const events = await readBoardEvents(ctx.db, boardId, after, limit)
    const now = ctx.now().getTime()
    // After the reading: what is removed while it is being read is missed as well. Clocks are set back, too.
    const gap = Math.abs(now - lookedAt) < SURE_MS ? null : await gapAfter(ctx.db, boardId, after)
    lookedAt = now
    if (gap !== null) return [{ id: gap, message: { type: 'snapshot_needed', data: null } }]
    return events.map(({ id, event }) => ({ id, message: event }))
  }
  const rows = follow({
    wakeups: ctx.wakeups,
    topic: `board:${boardId}`,
    after: lastEventId === undefined ? await lastBoardEventId(ctx.db, boardId) : BigInt(lastEventId),
    read: (after, limit) => patiently(ctx, signal, () => readOn(after, limit)),
    cursorOf: (row) => row.id,
    signal,
  })
  for await (const { id, message } of rows) yield { id: String(id), message }
}

/** The id of the newest event when some behind this one may be gone, or when the board never had it; else null. */
async function gapAfter(db: Db, boardId: BoardId, after: bigint): Promise<bigint | null> {
  const last = await lastBoardEventId(db, boardId)
  const first = await firstBoardEventId(db, boardId)
  const isForgotten = after !== 0n && first !== null && after < first - 1n && after < last
  return after > last || isForgotten ? last : null
}

/** Yields once at the start and whenever a board was created, renamed, deleted or restored. */
export async function* followBoardList(
  ctx: Pick<FollowContext, 'wakeups'>,
  signal: AbortSignal,
): AsyncGenerator<'changed'> {
  using ear = ctx.wakeups.listen('boards')
  while (!signal.aborted) {
    yield 'changed'
    await ear.heard(signal)
  }
}
