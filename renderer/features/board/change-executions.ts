import type { ExecutionSummary } from '#shared/execution.ts'
import type { BoardState } from './board-state.ts'

/** The state with an execution, if it is the latest of its task and not older than what is known of it. */
export function withExecution(state: BoardState, execution: ExecutionSummary): BoardState {
  if (isOutdated(state, execution)) return state
  return { ...state, executions: state.executions.with([[execution.task_id, execution]]) }
}

export function isOutdated(
  { executions, tasks }: Pick<BoardState, 'executions' | 'tasks'>,
  execution: ExecutionSummary,
): boolean {
  const known = executions.get(execution.task_id)
  if (!known) return false
  const isSame = known.id === execution.id
  // An earlier run that was resumed is the card's again.
  const card = tasks.get(execution.task_id)
  const isCurrent = card?.current_execution_id === execution.id
  // Of several that are compared, one stands for the card; what becomes of the others says nothing about it.
  const isBeside = known.group_id !== null && known.group_id === execution.group_id && !isSame
  if (isBeside && card) return !isCurrent
  const [now, before] = isSame
    ? [execution.updated_at, known.updated_at]
    : [execution.created_at, known.created_at]
  return now.getTime() < before.getTime() && (isSame || !isCurrent)
}
