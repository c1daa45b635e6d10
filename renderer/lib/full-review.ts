import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { TaskCard } from '#shared/task.ts'

/**
 * The review column that was full when the agents of a card were done; the app brings the card to it as soon as there is
 * room. Null: the card waits for none.
 */
export function fullReview(
  task: Pick<TaskCard, 'column_id' | 'status' | 'waits_for_blockers'>,
  execution: Pick<ExecutionSummary, 'status' | 'resolution'> | null,
  columns: readonly Column[],
): Column | null {
  const isDone = execution?.status === 'completed' || execution?.status === 'blocked'
  if (!isDone || execution.resolution !== 'none' || task.waits_for_blockers) return null
  if (task.status !== 'in_review' && task.status !== 'blocked') return null
  const here = columns.find(({ id }) => id === task.column_id)
  if (!here?.triggers_agents || here.is_review_column) return null
  const review = columns.find((column) => column.is_review_column)
  return review?.wip_limit ? review : null
}
