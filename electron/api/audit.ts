import { ListAudit } from '#shared/audit.ts'
import { listAudit } from '../services/audit.ts'
import { procedure, router } from './trpc.ts'

export const auditRouter = router({
  /** A page of the trail; newest first. */
  list: procedure.input(ListAudit).query(({ ctx, input }) => listAudit(ctx, input)),
})
