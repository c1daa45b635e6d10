import { getHealth, listChecks } from '../services/health.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const systemRouter = router({
  /** Never throws (seed 1, section 5.1; seed 2). */
  health: procedure.query(({ ctx }) => getHealth(ctx)),
  /** What is installed, what is missing and how to fix it. */
  checks: procedure.query(({ ctx, signal }) => listChecks(ctx, signalOf(signal))),
})
