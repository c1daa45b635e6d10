import { lastBoardEventId } from '#db/queries/board-events.ts'
import { followBoard } from '#electron/services/follow-board.ts'
import type { BoardMessage } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import type { TestApp } from './test-app.ts'

/** The events of a board that something leads to, in their order. It ends with what the board was told last. */
export async function eventsDuring(
  { ctx }: TestApp,
  boardId: BoardId,
  act: () => Promise<unknown>,
): Promise<BoardMessage[]> {
  const before = await lastBoardEventId(ctx.db, boardId)
  await act()
  const last = await lastBoardEventId(ctx.db, boardId)
  const messages: BoardMessage[] = []
  if (last === before) return messages
  for await (const { id, message } of followBoard(
    ctx,
    boardId,
    String(before),
    AbortSignal.timeout(20_000),
  )) {
    messages.push(message)
    if (BigInt(id) >= last) break
  }
  return messages
}
