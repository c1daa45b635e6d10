import { GetInsights } from '#shared/insights.ts'
import { getInsights } from '../services/insights.ts'
import { procedure, router } from './trpc.ts'

export const insightsRouter = router({
  get: procedure.input(GetInsights).query(({ ctx, input }) => getInsights(ctx, input)),
})
