import { SetModelPrice } from '#shared/budget.ts'
import { listPrices, listUnpriced, resetPrice, setPrice } from '../services/prices.ts'
import { procedure, router } from './trpc.ts'

export const pricesRouter = router({
  list: procedure.query(({ ctx }) => listPrices(ctx)),
  /** Models that were called and whose price nobody knows. */
  unpriced: procedure.query(({ ctx }) => listUnpriced(ctx)),
  set: procedure.input(SetModelPrice).mutation(({ ctx, input }) => setPrice(ctx, input)),
  /** Back to the app's own. */
  reset: procedure
    .input(SetModelPrice.pick({ model: true }))
    .mutation(({ ctx, input }) => resetPrice(ctx, input.model)),
})
