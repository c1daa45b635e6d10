import * as queries from '#db/queries/checks.ts'
import { findExecution } from '#db/queries/executions.ts'
import type { StepCheck } from '#shared/check.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'

/** The commands of the project that were run for an execution, in their order. */
export async function listChecks(ctx: Pick<AppContext, 'db'>, id: ExecutionId): Promise<StepCheck[]> {
  if (!(await findExecution(ctx.db, id))) throw new NotFoundError('Execution', id)
  return queries.listChecks(ctx.db, id)
}

/** Starts the project in the workspace, for the person to try it. */
export function runProject(ctx: Pick<AppContext, 'projectRuns'>, id: ExecutionId): Promise<StepCheck> {
  return ctx.projectRuns.start(id)
}

/** Ends it; resolves when nothing of it is left. */
export async function stopProject(
  ctx: Pick<AppContext, 'db' | 'projectRuns'>,
  id: ExecutionId,
): Promise<void> {
  if (await ctx.projectRuns.stop(id)) return
  const row = await queries.findRunningProject(ctx.db, id)
  if (row) {
    throw new RefusedError(
      'RUNS_ELSEWHERE',
      'The project was started by another running app on this database. Stop it there.',
    )
  }
}
