import { moveTask, updateTask } from '#db/queries/change-task.ts'
import { listColumns } from '#db/queries/columns.ts'
import { findTask, highestTaskOrder } from '#db/queries/tasks.ts'
import type { Column } from '#shared/column.ts'
import type { TaskId } from '#shared/ids.ts'
import { calculateOrder } from '#shared/order.ts'
import type { BoardChange } from './change-board.ts'
import { cardMoved } from './task-activity.ts'

export type ColumnRole = 'start' | 'agents' | 'review' | 'end'

const HAS_ROLE: Record<ColumnRole, (column: Column) => boolean> = {
  start: (column) => column.is_start_column,
  agents: (column) => column.triggers_agents,
  review: (column) => column.is_review_column,
  end: (column) => column.is_end_column,
}

/**
 * Puts a card at the bottom of the first column with a role and gives it a status, as its agents' work goes on.
 * It stays where it is when that column has the role, or none has; a trashed card is left alone.
 */
export async function placeTask(
  { tx, board, tell }: BoardChange,
  id: TaskId,
  role: ColumnRole,
  status: string,
): Promise<void> {
  const task = await findTask(tx, id)
  if (!task) return
  const columns = await listColumns(tx, board.id)
  const here = columns.find((column) => column.id === task.column_id)
  const target = here && HAS_ROLE[role](here) ? here : columns.find(HAS_ROLE[role])
  const updated = task.status === status ? task : ((await updateTask(tx, id, { status }))?.after ?? task)
  if (!target || target.id === task.column_id) {
    if (updated !== task) tell({ type: 'task_updated', data: updated })
    return
  }
  const order = calculateOrder(await highestTaskOrder(tx, target.id), null)
  const moved = await moveTask(tx, { id, column_id: target.id, order, version: updated.version })
  if (!moved) return
  tell({ type: 'task_moved', data: moved.task }, cardMoved(board, moved.task, moved.from, moved.to))
}

/** Gives a card a status where it is. */
export async function markTask({ tx, tell }: BoardChange, id: TaskId, status: string): Promise<void> {
  const task = await findTask(tx, id)
  if (!task || task.status === status) return
  const updated = await updateTask(tx, id, { status })
  if (updated) tell({ type: 'task_updated', data: updated.after })
}
