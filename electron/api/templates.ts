import { z } from 'zod'
import { BoardId, TemplateId } from '#shared/ids.ts'
import { CreateBoardFromTemplate, CreateTemplate, RestoreTemplate, UpdateTemplate } from '#shared/template.ts'
import * as templates from '../services/templates.ts'
import { procedure, router } from './trpc.ts'

export const templatesRouter = router({
  /** With a board those that serve it, without one all there are. */
  list: procedure
    .input(z.strictObject({ board_id: BoardId.optional() }))
    .query(({ ctx, input }) => templates.listTemplates(ctx, input.board_id ?? null)),
  create: procedure.input(CreateTemplate).mutation(({ ctx, input }) => templates.createTemplate(ctx, input)),
  update: procedure.input(UpdateTemplate).mutation(({ ctx, input }) => templates.updateTemplate(ctx, input)),
  delete: procedure
    .input(z.strictObject({ id: TemplateId }))
    .mutation(({ ctx, input }) => templates.deleteTemplate(ctx, input.id)),
  restore: procedure
    .input(RestoreTemplate)
    .mutation(({ ctx, input }) => templates.restoreTemplate(ctx, input)),
  /** A new board as the template says. */
  createBoard: procedure
    .input(CreateBoardFromTemplate)
    .mutation(({ ctx, input }) => templates.createBoardFromTemplate(ctx, input)),
})
