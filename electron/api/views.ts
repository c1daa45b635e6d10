import { z } from 'zod'
import { BoardId, ViewId } from '#shared/ids.ts'
import { CreateView, UpdateView } from '#shared/saved-view.ts'
import * as views from '../services/saved-views.ts'
import { procedure, router } from './trpc.ts'

export const viewsRouter = router({
  list: procedure
    .input(z.strictObject({ board_id: BoardId }))
    .query(({ ctx, input }) => views.listViews(ctx, input.board_id)),
  create: procedure.input(CreateView).mutation(({ ctx, input }) => views.createView(ctx, input)),
  update: procedure.input(UpdateView).mutation(({ ctx, input }) => views.updateView(ctx, input)),
  delete: procedure
    .input(z.strictObject({ id: ViewId }))
    .mutation(({ ctx, input }) => views.deleteView(ctx, input.id)),
})
