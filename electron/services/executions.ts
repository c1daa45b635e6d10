import * as queries from '#db/queries/executions.ts'
import { listSteps, presentStep } from '#db/queries/steps.ts'
import { setWaiting } from '#db/queries/task-links.ts'
import { findCard, findTask } from '#db/queries/tasks.ts'
import { listWaits } from '#db/queries/waits.ts'
import { findWorkspace } from '#db/queries/workspaces.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import {
  type ExecutionDetail,
  type ExecutionSummary,
  isActive,
  type StartExecution,
} from '#shared/execution.ts'
import type { ExecutionId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import type { AppContext } from '../context.ts'
import { cancelParked } from '../orchestrator/cancel-parked.ts'
import { definitionOf } from '../orchestrator/stored-state.ts'
import { refuseNothingToReview } from '../orchestrator/work-to-review.ts'
import { enqueueAfter, refuseBlocked } from './blockers.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'
import { refuseArchived } from './column-rules.ts'
import { goOn } from './go-on.ts'
import { refuseHalfMerged } from './half-merged.ts'
import { type RequestContext, requestExecution } from './request-execution.ts'
import { cardActivity } from './task-activity.ts'

export type ExecutionContext = BoardContext & RequestContext & Pick<AppContext, 'orchestrator' | 'places'>

/** Runs agents on a card. Refused while they already work on it (EXECUTION_ACTIVE) or others block it (TASK_BLOCKED). */
export async function startExecution(
  ctx: ExecutionContext,
  input: StartExecution,
): Promise<ExecutionSummary> {
  return changeBoard(ctx, { task: input.task_id }, async (work) => {
    const task = await cardToStart(ctx, work, input.task_id, input.force)
    const { executionId } = await requestExecution(ctx, work, task, {
      workflow_type: input.workflow_type,
      workflow_id: input.workflow_id,
      provider: input.provider,
      model: input.model,
    })
    const created = executionId ? await queries.findExecution(work.tx, executionId) : null
    if (!created) throw new RefusedError('EXECUTION_ACTIVE', 'Agents are already working on this card.')
    await refuseNothingToReview(work.tx, task.id, definitionOf(created))
    enqueueAfter(ctx, work, created.id)
    return queries.presentExecution(created)
  })
}

/** A card that agents may begin on now; it waits for nothing any more. Refused where it is archived or blocked, or its folder is half merged. */
export async function cardToStart(
  ctx: Pick<AppContext, 'config'>,
  work: BoardChange,
  id: TaskId,
  force: boolean | undefined,
): Promise<Task> {
  const found = await findTask(work.tx, id)
  if (!found) throw new NotFoundError('Task', id)
  if (found.archived_at) refuseArchived()
  await refuseHalfMerged(ctx, work.tx, work.board.project_id)
  if (!force) await refuseBlocked(work, found)
  return found.waits_for_blockers ? setWaiting(work.tx, found.id, false) : found
}

/** Ends a run wherever it runs; the work so far stays on its branch. Resolves when nothing of it is left here. */
export async function cancelExecution(ctx: ExecutionContext, id: ExecutionId): Promise<ExecutionSummary> {
  const row = await find(ctx, id)
  if (!isActive(row.status)) {
    throw new RefusedError('INVALID_STATE', `There is nothing to cancel: the run is ${row.status}.`)
  }
  const isEnded = (await ctx.orchestrator.cancel(id)) || (await cancelParked(ctx, id))
  if (!isEnded) await askOwnerToCancel(ctx, row)
  return queries.presentExecution(await find(ctx, id))
}

/** Another app or the terminal command runs it: the request is written down, and its owner is told. */
async function askOwnerToCancel(
  ctx: ExecutionContext,
  { id, task_id, board_id }: queries.ExecutionRow,
): Promise<void> {
  const ask = async ({ tx, board, note, wake }: BoardChange) => {
    await queries.updateExecution(tx, id, { cancel_requested_at: ctx.now() })
    wake('cancel')
    const card = await findCard(tx, task_id)
    if (!card) return
    const asked = cardActivity(
      board,
      card,
      'agent_cancelled',
      (name) => `asked the agents on ${name} to stop`,
    )
    note({ ...asked, task_execution_id: id })
  }
  await changeBoard(ctx, board_id, ask, { trashed: true })
}

/** Goes on after the last finished step, in the same workspace. */
export function resumeExecution(ctx: ExecutionContext, id: ExecutionId): Promise<ExecutionSummary> {
  return goOn(ctx, id, { type: 'resume' })
}

/** Newest first. */
export async function listExecutions(
  ctx: Pick<AppContext, 'db'>,
  taskId: TaskId,
): Promise<ExecutionSummary[]> {
  return (await queries.listExecutionsOfTask(ctx.db, taskId)).map(queries.presentExecution)
}

export async function getExecution(ctx: Pick<AppContext, 'db'>, id: ExecutionId): Promise<ExecutionDetail> {
  const row = await find(ctx, id)
  const [steps, workspace] = await Promise.all([listSteps(ctx.db, id), findWorkspace(ctx.db, id)])
  const waits = await listWaits(ctx.db, [row], steps)
  return {
    ...queries.presentExecution(row),
    steps: steps.map((step) => presentStep({ ...step, waits: waits.ofStep(step.id) })),
    waits: waits.ofExecution(id),
    workspace_path: workspace?.status === 'active' ? workspace.path : null,
    last_sequence: row.last_sequence,
  }
}

async function find(ctx: Pick<AppContext, 'db'>, id: ExecutionId): Promise<queries.ExecutionRow> {
  const row = await queries.findExecution(ctx.db, id)
  if (!row) throw new NotFoundError('Execution', id)
  return row
}
