import { z } from 'zod'
import { SetBudget } from '#shared/budget.ts'
import { BoardId } from '#shared/ids.ts'
import { listBudgets, setBudget } from '../services/budgets.ts'
import { procedure, router } from './trpc.ts'

export const budgetsRouter = router({
  /** Of a board and of all boards together; without a board all that there are. */
  list: procedure
    .input(z.strictObject({ board_id: BoardId.optional() }))
    .query(({ ctx, input }) => listBudgets(ctx, input.board_id ?? null)),
  set: procedure.input(SetBudget).mutation(({ ctx, input }) => setBudget(ctx, input)),
})
