import { ListTrash, PurgeTrash } from '#shared/trash.ts'
import * as trash from '../services/trash.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

/** Boards, columns and cards are put back by `restore` of their own routers. */
export const trashRouter = router({
  list: procedure.input(ListTrash).query(({ ctx, input }) => trash.listTrash(ctx, input)),
  /** For good. What agents made is kept under hidden refs of the repositories. */
  purge: procedure
    .input(PurgeTrash)
    .mutation(({ ctx, input, signal }) => trash.purgeTrash(ctx, input, signalOf(signal))),
})
