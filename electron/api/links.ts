import { z } from 'zod'
import { LinkId } from '#shared/ids.ts'
import { CreateLink } from '#shared/task-link.ts'
import * as links from '../services/task-links.ts'
import { procedure, router } from './trpc.ts'

export const linksRouter = router({
  create: procedure.input(CreateLink).mutation(({ ctx, input }) => links.createLink(ctx, input)),
  delete: procedure
    .input(z.strictObject({ id: LinkId }))
    .mutation(({ ctx, input }) => links.deleteLink(ctx, input.id)),
})
