import { firstBoardEventId, lastBoardEventId, readBoardEvents } from '#db/queries/board-events.ts'
import type { BoardMessage } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { follow } from '../events/follow.ts'
import { patiently } from '../orchestrator/patiently.ts'

type FollowContext = Pick<AppContext, 'db' | 'wakeups' | 'databaseWatch'>

/**
 * The events of a board after an id (without one: from now on). When the events right after it are not kept any
 * more, the first message says that the board has to be read again. A database that is lost meanwhile is waited for.
 */
export async function* followBoard(
  ctx: FollowContext,
  boardId: BoardId,
  lastEventId: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<{ id: string; message: BoardMessage }> {
  const last = await lastBoardEventId(ctx.db, boardId)
  let after = lastEventId === undefined ? last : BigInt(lastEventId)
  const first = await firstBoardEventId(ctx.db, boardId)
  const isTooOld = after > last || (after !== 0n && first !== null && after < first - 1n && after < last)
  if (isTooOld) {
    after = last
    yield { id: String(last), message: { type: 'snapshot_needed', data: null } }
  }
  const rows = follow({
    wakeups: ctx.wakeups,
    topic: `board:${boardId}`,
    after,
    read: (cursor, limit) => patiently(ctx, signal, () => readBoardEvents(ctx.db, boardId, cursor, limit)),
    cursorOf: (row) => row.id,
    signal,
  })
  for await (const row of rows) yield { id: String(row.id), message: row.event }
}

/** Yields once at the start and whenever a board was created, renamed, deleted or restored. */
export async function* followBoardList(ctx: FollowContext, signal: AbortSignal): AsyncGenerator<'changed'> {
  using ear = ctx.wakeups.listen('boards')
  while (!signal.aborted) {
    yield 'changed'
    await ear.heard(signal)
  }
}
