import { v7 as newId } from 'uuid'
import type { Db } from '#db/client.ts'
import { Wakeups } from '#electron/events/wakeups.ts'
import { createBoard } from '#electron/services/boards.ts'
import { createColumn } from '#electron/services/columns.ts'
import { SYSTEM } from '#shared/actor.ts'
import type { BoardId } from '#shared/ids.ts'

/** Boards of four columns without agents, made by the app's own services. */
export async function makeBoards(db: Db, count: number): Promise<BoardId[]> {
  const ctx = { db, wakeups: new Wakeups(), now: () => new Date(), newId, actor: () => SYSTEM }
  const ids: BoardId[] = []
  for (let index = 1; index <= count; index += 1) {
    const { id } = await createBoard(ctx, { name: `Soak ${index}`, template: 'empty' })
    for (const name of ['A', 'B', 'C', 'D']) await createColumn(ctx, { board_id: id, name })
    ids.push(id)
  }
  return ids
}
