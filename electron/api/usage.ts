import { z } from 'zod'
import { UsageQuery } from '#shared/budget.ts'
import { TaskId } from '#shared/ids.ts'
import { summarizeUsage, usageOfTask } from '../services/usage.ts'
import { procedure, router } from './trpc.ts'

export const usageRouter = router({
  summary: procedure.input(UsageQuery).query(({ ctx, input }) => summarizeUsage(ctx, input)),
  ofTask: procedure
    .input(z.strictObject({ task_id: TaskId }))
    .query(({ ctx, input }) => usageOfTask(ctx, input.task_id)),
})
