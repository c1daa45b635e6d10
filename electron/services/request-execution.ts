import { findActiveExecution, insertExecution, leaseFor, presentExecution } from '#db/queries/executions.ts'
import { setCurrentExecution } from '#db/queries/tasks.ts'
import { findWorkflow } from '#db/queries/workflows.ts'
import type { Actor } from '#shared/actor.ts'
import { DEFAULT_MAX_ITERATIONS } from '#shared/board.ts'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import type { WorkflowType } from '#shared/execution.ts'
import { ExecutionId, UserId, type WorkflowId } from '#shared/ids.ts'
import { type ProviderId, providerName } from '#shared/provider.ts'
import type { Task } from '#shared/task.ts'
import type { AppContext } from '../context.ts'
import { startDefinition } from '../orchestrator/start-definition.ts'
import type { BoardChange } from './change-board.ts'
import { cardActivity } from './task-activity.ts'

export type RequestContext = Pick<
  AppContext,
  'newId' | 'now' | 'preferences' | 'instanceId' | 'config' | 'actor'
>

export interface WantedExecution {
  workflow_type: WorkflowType
  /** With `custom`. */
  workflow_id?: WorkflowId | null | undefined
  provider?: ProviderId | undefined
  /** For every phase; left out: what the workflow and the board say. */
  model?: string | undefined
  /** One of several that are compared with each other, counted from 1. */
  alternative?: { group_id: string; alternative: number }
}

/** What it starts with and keeps. A workflow that is gone by now is replaced by the built-in one that does most. */
async function workflowOf(
  tx: BoardChange['tx'],
  { settings }: BoardChange['board'],
  { workflow_type, workflow_id }: WantedExecution,
) {
  const workflow = workflow_type === 'custom' && workflow_id ? await findWorkflow(tx, workflow_id) : null
  const builtIn = workflow_type === 'custom' ? 'development' : workflow_type
  const type: WorkflowType = workflow ? 'custom' : builtIn
  const definition = workflow?.definition ?? BUILT_IN_WORKFLOWS[builtIn].definition
  const rounds = settings.max_iterations ?? DEFAULT_MAX_ITERATIONS
  return {
    workflow_type: type,
    workflow_id: workflow?.id ?? null,
    workflow_version: workflow?.version ?? null,
    ...startDefinition(definition, settings, rounds),
  }
}

/**
 * Writes the intent to run agents on a card, in the caller's transaction: a crash right after the commit loses
 * nothing. A card that already has an active execution keeps it, and `executionId` is null.
 */
export async function requestExecution(
  ctx: RequestContext,
  { tx, board, tell, wake }: BoardChange,
  task: Task,
  wanted: WantedExecution,
): Promise<{ task: Task; executionId: ExecutionId | null }> {
  const { group_id = null, alternative = 0 } = wanted.alternative ?? {}
  if (await findActiveExecution(tx, task.id, { outside: group_id })) return { task, executionId: null }
  const row = await insertExecution(tx, {
    id: ExecutionId.parse(ctx.newId()),
    task_id: task.id,
    board_id: board.id,
    ...(await workflowOf(tx, board, wanted)),
    group_id,
    alternative,
    provider:
      wanted.provider ??
      board.settings.provider ??
      ctx.config.defaultProvider ??
      ctx.preferences.get().default_provider,
    model: wanted.model ?? null,
    requested_by: askedBy(ctx.actor()),
    owner_id: ctx.instanceId,
    lease_expires_at: leaseFor(ctx.config.leaseSeconds),
  })
  wake('agents')
  // The first of several alternatives stands for all of them, until one is picked.
  const isShown = alternative <= 1
  const changed = (isShown ? await setCurrentExecution(tx, task.id, row.id) : null) ?? task
  const agents = providerName(row.provider)
  tell(
    { type: 'execution_created', data: presentExecution(row) },
    {
      ...cardActivity(board, task, 'agent_triggered', (card) => `asked ${agents} to work on ${card}`, {
        provider: row.provider,
        workflow_type: row.workflow_type,
        ...(alternative > 0 ? { alternative } : {}),
      }),
      task_execution_id: row.id,
    },
  )
  if (isShown) tell({ type: 'task_updated', data: changed })
  return { task: changed, executionId: row.id }
}

function askedBy({ type, id }: Actor): UserId | null {
  return type === 'person' && id ? UserId.parse(id) : null
}
