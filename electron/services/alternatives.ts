import * as queries from '#db/queries/executions.ts'
import { findTask, setCurrentExecution } from '#db/queries/tasks.ts'
import type { MergeResult } from '#shared/diff.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import { type ExecutionSummary, isActive, type StartAlternatives } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { enqueueAfter, type StartContext } from './blockers.ts'
import { changeBoard } from './change-board.ts'
import { cancelExecution, cardToStart, type ExecutionContext } from './executions.ts'
import { placeTask } from './place-task.ts'
import { requestExecution } from './request-execution.ts'
import { discard, merge, type ResultContext } from './results.ts'
import { cardActivity } from './task-activity.ts'

/**
 * Has several agents do the same card, each in a workspace and on a branch of its own, so that their results can be
 * compared. Refused while agents work on the card (EXECUTION_ACTIVE) or others block it (TASK_BLOCKED).
 */
export function startAlternatives(
  ctx: ExecutionContext,
  { task_id, workflow_type, workflow_id, alternatives, force }: StartAlternatives,
): Promise<ExecutionSummary[]> {
  return changeBoard(ctx, { task: task_id }, async (work) => {
    const task = await cardToStart(ctx, work, task_id, force)
    const group_id = ctx.newId()
    const started: ExecutionSummary[] = []
    for (const [index, { provider, model }] of alternatives.entries()) {
      const alternative = { group_id, alternative: index + 1 }
      const wanted = { workflow_type, workflow_id, provider, model, alternative }
      const { executionId } = await requestExecution(ctx, work, task, wanted)
      const row = executionId && (await queries.findExecution(work.tx, executionId))
      if (!row) throw new RefusedError('EXECUTION_ACTIVE', 'Agents are already working on this card.')
      enqueueAfter(ctx, work, row.id)
      started.push(queries.presentExecution(row))
    }
    return started
  })
}

/**
 * Keeps one of several alternatives, and throws the others away: what still works is ended first, and all of them stay
 * recoverable under hidden refs.
 */
export async function pickAlternative(
  ctx: ExecutionContext & ResultContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<ExecutionSummary> {
  const picked = await find(ctx, id)
  if (picked.group_id === null)
    throw new RefusedError(
      'NO_ALTERNATIVE',
      'There is nothing to pick from: these agents worked alone on the card.',
    )
  if (picked.resolution !== 'none')
    throw new RefusedError('ALREADY_RESOLVED', `This result has already been ${picked.resolution}.`)
  const group = await queries.listAlternatives(ctx.db, picked.group_id)
  const merged = group.find(({ resolution }) => resolution === 'merged')
  if (merged)
    throw new RefusedError('ALREADY_RESOLVED', `Alternative ${merged.alternative} has been merged already.`)
  // First: from then on the card shows this one, whatever becomes of the others.
  await show(ctx, picked)
  await discardOthers(ctx, picked, group, signal)
  return queries.presentExecution(await find(ctx, id))
}

/**
 * Merges a result. One of several alternatives is picked by that: the others are thrown away, recoverably. What could not
 * be, since another app runs it still, is left as it is and told in the log: the merge is done.
 */
export async function mergeResult(
  ctx: ExecutionContext & ResultContext & StartContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<MergeResult> {
  const chosen = await find(ctx, id)
  if (chosen.group_id === null || chosen.resolution !== 'none' || isActive(chosen.status))
    return merge(ctx, id, signal)
  await show(ctx, chosen) // the card goes where the result of this one leads
  const merged = await merge(ctx, id, signal)
  const { signal: going } = new AbortController() // the merge is done: what follows from it is not given up
  const group = await queries.listAlternatives(ctx.db, chosen.group_id)
  await discardOthers(ctx, chosen, group, going).catch((error: unknown) =>
    ctx.log.warn({ err: error, execution_id: id }, 'an alternative beside the merged one stays'),
  )
  return merged
}

/** Ends those that still work, and throws all but one away. Throws RefusedError when another app runs one of them still. */
async function discardOthers(
  ctx: ExecutionContext & ResultContext,
  chosen: queries.ExecutionRow,
  group: readonly queries.ExecutionRow[],
  signal: AbortSignal,
): Promise<void> {
  for (const other of group) {
    if (other.id === chosen.id || other.resolution !== 'none') continue
    if (isActive(other.status)) await cancelExecution(ctx, other.id)
    const ended = await find(ctx, other.id)
    if (isActive(ended.status)) {
      throw new RefusedError(
        'EXECUTION_ACTIVE',
        `Alternative ${other.alternative} is being ended by the app that runs it. Pick again in a moment.`,
      )
    }
    await discard(ctx, other.id, signal)
  }
}

async function show(ctx: ExecutionContext, picked: queries.ExecutionRow): Promise<void> {
  await changeBoard(ctx, picked.board_id, async (work) => {
    const task = await findTask(work.tx, picked.task_id)
    if (!task) throw new NotFoundError('Task', picked.task_id)
    const changed = await setCurrentExecution(work.tx, task.id, picked.id)
    if (!changed) return
    const line = cardActivity(
      work.board,
      task,
      'status_changed',
      (card) => `picked alternative ${picked.alternative} of ${card}`,
      { alternative: picked.alternative },
    )
    work.tell({ type: 'task_updated', data: changed }, { ...line, task_execution_id: picked.id })
    const now = await queries.findExecution(work.tx, picked.id)
    // Boards show the run that stands for a card, and have heard of this one while another did.
    if (now) work.tell({ type: 'execution_updated', data: queries.presentExecution(now) })
    if (picked.status !== 'completed') return
    if (await placeTask(work, task.id, 'review', 'in_review')) work.wake('room')
  })
}

async function find(ctx: Pick<ExecutionContext, 'db'>, id: ExecutionId): Promise<queries.ExecutionRow> {
  const row = await queries.findExecution(ctx.db, id)
  if (!row) throw new NotFoundError('Execution', id)
  return row
}
