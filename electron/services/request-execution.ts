import { findActiveExecution, insertExecution, leaseFor, presentExecution } from '#db/queries/executions.ts'
import { setCurrentExecution } from '#db/queries/tasks.ts'
import type { Actor } from '#shared/actor.ts'
import { DEFAULT_MAX_ITERATIONS } from '#shared/board.ts'
import type { WorkflowType } from '#shared/execution.ts'
import { ExecutionId, UserId } from '#shared/ids.ts'
import { type ProviderId, providerName } from '#shared/provider.ts'
import type { Task } from '#shared/task.ts'
import type { AppContext } from '../context.ts'
import { LEASE_SECONDS } from '../orchestrator/lease.ts'
import type { BoardChange } from './change-board.ts'
import { cardActivity } from './task-activity.ts'

export type RequestContext = Pick<
  AppContext,
  'newId' | 'now' | 'preferences' | 'instanceId' | 'config' | 'actor'
>

/**
 * Writes the intent to run agents on a card, in the caller's transaction: a crash right after the commit loses
 * nothing. A card that already has an active execution keeps it, and `executionId` is null.
 */
export async function requestExecution(
  ctx: RequestContext,
  { tx, board, tell }: BoardChange,
  task: Task,
  wanted: { workflow_type: WorkflowType; provider?: ProviderId | undefined },
): Promise<{ task: Task; executionId: ExecutionId | null }> {
  if (await findActiveExecution(tx, task.id)) return { task, executionId: null }
  const row = await insertExecution(tx, {
    id: ExecutionId.parse(ctx.newId()),
    task_id: task.id,
    board_id: board.id,
    workflow_type: wanted.workflow_type,
    provider:
      wanted.provider ??
      board.settings.provider ??
      ctx.config.defaultProvider ??
      ctx.preferences.get().default_provider,
    model: board.settings.model ?? null,
    max_iterations: board.settings.max_iterations ?? DEFAULT_MAX_ITERATIONS,
    requested_by: askedBy(ctx.actor()),
    owner_id: ctx.instanceId,
    lease_expires_at: leaseFor(LEASE_SECONDS),
  })
  const changed = (await setCurrentExecution(tx, task.id, row.id)) ?? task
  const agents = providerName(row.provider)
  tell(
    { type: 'execution_created', data: presentExecution(row) },
    {
      ...cardActivity(board, task, 'agent_triggered', (card) => `asked ${agents} to work on ${card}`, {
        provider: row.provider,
        workflow_type: row.workflow_type,
      }),
      task_execution_id: row.id,
    },
  )
  tell({ type: 'task_updated', data: changed })
  return { task: changed, executionId: row.id }
}

function askedBy({ type, id }: Actor): UserId | null {
  return type === 'person' && id ? UserId.parse(id) : null
}
