import { tracked } from '@trpc/server'
import { z } from 'zod'
import { CreateBoard, UpdateBoard } from '#shared/board.ts'
import { BoardId } from '#shared/ids.ts'
import * as boards from '../services/boards.ts'
import { followBoard, followBoardList } from '../services/follow-board.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: BoardId })

export const boardsRouter = router({
  list: procedure.query(({ ctx }) => boards.listBoards(ctx)),
  get: procedure.input(One).query(({ ctx, input }) => boards.getBoard(ctx, input.id)),
  create: procedure.input(CreateBoard).mutation(({ ctx, input }) => boards.createBoard(ctx, input)),
  update: procedure.input(UpdateBoard).mutation(({ ctx, input }) => boards.updateBoard(ctx, input)),
  delete: procedure.input(One).mutation(({ ctx, input }) => boards.deleteBoard(ctx, input.id)),
  restore: procedure.input(One).mutation(({ ctx, input }) => boards.restoreBoard(ctx, input.id)),
  /** What happens on a board, in order; resumable after `lastEventId`. */
  onEvent: procedure
    .input(z.object({ boardId: BoardId, lastEventId: z.string().regex(/^\d+$/).optional() }))
    .subscription(async function* ({ ctx, input, signal }) {
      for await (const { id, message } of followBoard(
        ctx,
        input.boardId,
        input.lastEventId,
        signalOf(signal),
      )) {
        yield tracked(id, message)
      }
    }),
  /** A sign whenever the list of boards may have changed. */
  onListChange: procedure.subscription(({ ctx, signal }) => followBoardList(ctx, signalOf(signal))),
})
