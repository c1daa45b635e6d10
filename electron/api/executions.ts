import { tracked } from '@trpc/server'
import { z } from 'zod'
import { SetExecutionBudget } from '#shared/budget.ts'
import { StartExecution, StartExecutions } from '#shared/execution.ts'
import { ExecutionId, TaskId } from '#shared/ids.ts'
import { setExecutionBudget } from '../services/budgets.ts'
import * as checks from '../services/checks.ts'
import * as executions from '../services/executions.ts'
import { followExecution } from '../services/follow-execution.ts'
import * as results from '../services/results.ts'
import { startExecutions } from '../services/start-many.ts'
import { logProcedures } from './execution-log.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: ExecutionId })

export const executionsRouter = router({
  ...logProcedures,
  start: procedure.input(StartExecution).mutation(({ ctx, input }) => executions.startExecution(ctx, input)),
  startMany: procedure.input(StartExecutions).mutation(({ ctx, input }) => startExecutions(ctx, input)),
  cancel: procedure.input(One).mutation(({ ctx, input }) => executions.cancelExecution(ctx, input.id)),
  resume: procedure.input(One).mutation(({ ctx, input }) => executions.resumeExecution(ctx, input.id)),
  /** Raising it goes on with what it had stopped. */
  setBudget: procedure.input(SetExecutionBudget).mutation(({ ctx, input }) => setExecutionBudget(ctx, input)),
  list: procedure
    .input(z.strictObject({ task_id: TaskId }))
    .query(({ ctx, input }) => executions.listExecutions(ctx, input.task_id)),
  get: procedure.input(One).query(({ ctx, input }) => executions.getExecution(ctx, input.id)),
  /** What the agents do, line by line, in order; resumable after `lastEventId` (a sequence number). */
  onEvent: procedure
    .input(z.object({ executionId: ExecutionId, lastEventId: z.string().regex(/^\d+$/).optional() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const after = Number(input.lastEventId ?? 0)
      for await (const event of followExecution(ctx, input.executionId, after, signalOf(signal))) {
        yield tracked(String(event.sequence), event)
      }
    }),
  /** The commands of the project that were run for it, in their order. */
  checks: procedure.input(One).query(({ ctx, input }) => checks.listChecks(ctx, input.id)),
  /** Starts the project in the workspace, for the person to try it. */
  runProject: procedure.input(One).mutation(({ ctx, input }) => checks.runProject(ctx, input.id)),
  stopProject: procedure.input(One).mutation(({ ctx, input }) => checks.stopProject(ctx, input.id)),
  /** All changes against the base, with uncommitted ones while agents work. */
  diff: procedure
    .input(One)
    .query(({ ctx, input, signal }) => results.getDiff(ctx, input.id, signalOf(signal))),
  patch: procedure
    .input(z.strictObject({ id: ExecutionId, path: z.string().min(1).max(4096) }))
    .query(({ ctx, input, signal }) => results.getPatch(ctx, input.id, input.path, signalOf(signal))),
  previewMerge: procedure
    .input(One)
    .query(({ ctx, input, signal }) => results.previewMerge(ctx, input.id, signalOf(signal))),
  merge: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => results.merge(ctx, input.id, signalOf(signal))),
  discard: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => results.discard(ctx, input.id, signalOf(signal))),
})
