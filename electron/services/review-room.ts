import { listBoardsLeft, listTasksLeft } from '#db/queries/room.ts'
import { SYSTEM } from '#shared/actor.ts'
import { AppError } from '#shared/errors.ts'
import type { BoardId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { watchTopics } from '../events/watch-topics.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'
import { placeTask } from './place-task.ts'

/**
 * Brings cards that agents are done with, and that found the review column full, to it as soon as there is room. Gives the
 * boards on which such cards were.
 */
export async function bringToReview(ctx: BoardContext): Promise<BoardId[]> {
  const boards = await listBoardsLeft(ctx.db)
  for (const { id } of boards.filter(({ has_room }) => has_room)) {
    await changeBoard(ctx, id, bring, { actor: SYSTEM }).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error // the board went to the trash meanwhile
    })
  }
  return boards.map(({ id }) => id)
}

async function bring(work: BoardChange): Promise<void> {
  for (const { id, status } of await listTasksLeft(work.tx, work.board.id)) {
    if (await placeTask(work, id, 'review', status)) return
  }
}

/** Does so for as long as the app runs: whenever a card finds no room, and whenever a board that has such a card changes. */
export function startReviewRoom(ctx: BoardContext & Pick<AppContext, 'log'>): AsyncDisposable {
  let looking = Promise.resolve()
  let isDue = false
  let watched: ReadonlySet<BoardId> = new Set()
  const watch = watchTopics(ctx.wakeups, look)
  function look(): void {
    if (isDue) return // what is woken now is seen by the look that is about to begin
    isDue = true
    looking = looking.then(once)
  }
  async function once(): Promise<void> {
    isDue = false
    try {
      const boards = new Set(await bringToReview(ctx))
      const isNew = [...boards].some((id) => !watched.has(id))
      watched = boards
      watch.watch(['room', ...[...boards].map((id) => `board:${id}` as const)])
      if (isNew) look() // what happened before it was listened to
    } catch (error) {
      ctx.log.warn({ err: error }, 'cards that wait for room could not be looked after')
    }
  }
  watch.watch(['room'])
  look()
  return {
    async [Symbol.asyncDispose]() {
      watch[Symbol.dispose]()
      isDue = true
      await looking
      watch[Symbol.dispose]()
    },
  }
}
