import type { Db } from '#db/client.ts'
import { CHANNEL } from '#db/listener.ts'
import { appendBoardEvent, notify } from '#db/queries/board-events.ts'
import { lockBoard } from '#db/queries/boards.ts'
import { inTransaction } from '#db/transaction.ts'
import type { Board } from '#shared/board.ts'
import type { BoardEvent } from '#shared/board-event.ts'
import { NotFoundError } from '#shared/errors.ts'
import { isActive } from '#shared/execution.ts'
import type { BoardId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'

export type BoardContext = Pick<AppContext, 'db' | 'wakeups' | 'now' | 'newId'>

/** What a change of a board works with: its transaction, the locked board, and the outbox. */
export interface BoardChange {
  tx: Db
  board: Board
  tell(event: BoardEvent): Promise<void>
}

/**
 * The one way to change a board: one transaction holds the board, the rows and their events; windows hear of it
 * after the commit, once and in order. Throws NotFoundError when the board is not there.
 */
export async function changeBoard<T>(
  ctx: BoardContext,
  boardId: BoardId,
  change: (work: BoardChange) => Promise<T>,
  options: { trashed?: boolean } = {},
): Promise<T> {
  const result = await inTransaction(ctx.db, async (tx) => {
    const board = await lockBoard(tx, boardId, options.trashed)
    if (!board) throw new NotFoundError('Board', boardId)
    const value = await change({ tx, board, tell: tellWith(tx, boardId) })
    await notify(tx, CHANNEL, `board:${boardId}`)
    return value
  })
  ctx.wakeups.wake(`board:${boardId}`)
  return result
}

/** Appends one event of a board within a transaction that holds it. */
export function tellWith(tx: Db, boardId: BoardId): (event: BoardEvent) => Promise<void> {
  return async (event) => {
    await appendBoardEvent(tx, boardId, event)
    if (changesList(event)) await notify(tx, CHANNEL, 'boards')
  }
}

/** Whether the list of boards shows something else after this: names, and where agents are at work. */
function changesList(event: BoardEvent): boolean {
  if (event.type === 'execution_updated')
    return !isActive(event.data.status) || event.data.current_phase === null
  return event.type.startsWith('board_') || event.type === 'execution_created'
}
