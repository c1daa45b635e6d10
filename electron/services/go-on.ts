import * as queries from '#db/queries/executions.ts'
import { findTask, setCurrentExecution } from '#db/queries/tasks.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import type { Command } from '../orchestrator/decide.ts'
import { moveCard } from '../orchestrator/move-card.ts'
import { storePersonSteps } from '../orchestrator/person-steps.ts'
import { record } from '../orchestrator/record.ts'
import type { Recording } from '../orchestrator/recording.ts'
import type { BoardContext } from './change-board.ts'
import { requireWorkHere } from './require-work-here.ts'
import { inResultQueue } from './result-queue.ts'

export type GoOnContext = BoardContext & Pick<AppContext, 'instanceId' | 'orchestrator' | 'config' | 'places'>

/**
 * Records what a person decides about an execution that nobody runs. When it goes on by that, this app takes it and runs
 * it. Refused while other agents work on the card, its own alternatives apart (EXECUTION_ACTIVE), and where this computer
 * has not what it takes (PROJECT_ELSEWHERE, WORK_ELSEWHERE): the state stays as it is, for the one that has.
 */
export async function goOn(
  ctx: GoOnContext,
  id: ExecutionId,
  command: Command,
  also?: (recording: Recording) => Promise<void>,
): Promise<ExecutionSummary> {
  const row = await inResultQueue(id, async () => {
    await requireWorkHere(ctx, id, command)
    const recorded = await record(ctx, id, command, async (recording) => {
      await storePersonSteps(ctx, recording)
      if (recording.state.status === 'running') await takeUp(ctx, recording)
      await also?.(recording)
      await moveCard(recording)
    })
    return recorded.row
  })
  if (row.status === 'running') ctx.orchestrator.enqueue(id)
  return queries.presentExecution(row)
}

async function takeUp(ctx: GoOnContext, { work, row, set }: Recording): Promise<void> {
  const task = await findTask(work.tx, row.task_id)
  if (!task) throw new NotFoundError('Task', row.task_id)
  const others = { besides: row.id, outside: row.group_id }
  if (await queries.findActiveExecution(work.tx, row.task_id, others))
    throw new RefusedError('EXECUTION_ACTIVE', 'Agents are already working on this card.')
  set({ owner_id: ctx.instanceId, lease_expires_at: queries.leaseFor(ctx.config.leaseSeconds) })
  if (task.current_execution_id === row.id) return
  const changed = await setCurrentExecution(work.tx, task.id, row.id)
  if (changed) work.tell({ type: 'task_updated', data: changed })
}
