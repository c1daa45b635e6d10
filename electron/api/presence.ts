import { z } from 'zod'
import { BoardId } from '#shared/ids.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const presenceRouter = router({
  /** Who else has a board open: at once, then whenever it changes. This app has it open as long as one of these is. */
  onBoard: procedure
    .input(z.strictObject({ boardId: BoardId }))
    .subscription(({ ctx, input, signal }) => ctx.presence.onBoard(input.boardId, signalOf(signal))),
})
