import { moveTask, updateTask } from '#db/queries/change-task.ts'
import { listColumns } from '#db/queries/columns.ts'
import { countTasks, findTask, highestTaskOrder } from '#db/queries/tasks.ts'
import type { Column } from '#shared/column.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import { calculateOrder } from '#shared/order.ts'
import type { Task } from '#shared/task.ts'
import type { BoardChange } from './change-board.ts'
import { keepLimit } from './column-rules.ts'
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
 * It stays where it is when its own column has the role, or none has; a trashed card is left alone. Agents never bring a
 * column above its limit: the card stays, and the full column is given. A person's decision (`forced`) does, and the
 * trail says so.
 */
export async function placeTask(
  work: BoardChange,
  id: TaskId,
  role: ColumnRole,
  status: string,
  { forced = false } = {},
): Promise<Column | null> {
  const { tx, board, tell } = work
  const task = await findTask(tx, id)
  if (!task) return null
  const columns = await listColumns(tx, board.id)
  const here = columns.find((column) => column.id === task.column_id)
  const target = here && HAS_ROLE[role](here) ? here : columns.find(HAS_ROLE[role])
  const updated = task.status === status ? task : ((await updateTask(tx, id, { status }))?.after ?? task)
  const isHere = !target || target.id === task.column_id
  const full = isHere || forced || task.archived_at || (await hasRoom(tx, target)) ? null : target
  if (!isHere && !full) await bringTo(work, updated, target.id)
  else if (updated !== task) tell({ type: 'task_updated', data: updated })
  return full
}

/** To the bottom of a column, whatever its limit; going above it is kept in the trail. */
async function bringTo(work: BoardChange, { id, version }: Task, column_id: ColumnId): Promise<void> {
  const { tx, board, tell } = work
  const order = calculateOrder(await highestTaskOrder(tx, column_id), null)
  const moved = await moveTask(tx, { id, column_id, order, version })
  if (!moved) return
  const { task, from, to } = moved
  const isAbove = await keepLimit(work, { column: to, count: (to.others ?? 0) + 1, arrived: [id] }, true)
  tell({ type: 'task_moved', data: task }, cardMoved(board, task, from, to, isAbove))
}

async function hasRoom(tx: BoardChange['tx'], { id, wip_limit }: Column): Promise<boolean> {
  return !wip_limit || (await countTasks(tx, id)) < wip_limit
}

/** Gives a card a status where it is. */
export async function markTask({ tx, tell }: BoardChange, id: TaskId, status: string): Promise<void> {
  const task = await findTask(tx, id)
  if (!task || task.status === status) return
  const updated = await updateTask(tx, id, { status })
  if (updated) tell({ type: 'task_updated', data: updated.after })
}
