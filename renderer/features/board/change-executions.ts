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
  const isCurrent = tasks.get(execution.task_id)?.current_execution_id === execution.id
  const [now, before] = isSame
    ? [execution.updated_at, known.updated_at]
    : [execution.created_at, known.created_at]
  return now.getTime() < before.getTime() && (isSame || !isCurrent)
}
