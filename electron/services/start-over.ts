import { findBoard } from '#db/queries/boards.ts'
import { findExecution } from '#db/queries/executions.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { record } from '../orchestrator/record.ts'
import { type ExecutionContext, startExecution } from './executions.ts'
import { findLocalProject, requireHere } from './local-project.ts'

/**
 * Runs the agents of an execution anew, from what is checked out on this computer now: for work that is on another computer,
 * say. The earlier execution stays in the card's history as it is, and can still be resumed where it lies. Refused as a
 * start is, and where the project's folder is not on this computer (PROJECT_ELSEWHERE).
 */
export async function startOver(
  ctx: ExecutionContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<ExecutionSummary> {
  const row = await findExecution(ctx.db, id)
  if (!row) throw new NotFoundError('Execution', id)
  const board = await findBoard(ctx.db, row.board_id)
  const project = board?.project_id ? await findLocalProject(ctx, board.project_id) : null
  if (project) await requireHere(ctx, project, signal)
  const { task_id, workflow_type, workflow_id, provider, model } = row
  const begun = await startExecution(ctx, {
    task_id,
    workflow_type,
    workflow_id: workflow_id ?? undefined,
    provider,
    ...(model === null ? {} : { model }),
  })
  const text = `${ctx.actor().name} started over with a new run on another copy of the project. This one stays as it is.`
  await record(ctx, id, { type: 'note' }, async ({ log }) => log({ type: 'notice', level: 'info', text }))
  return begun
}
