import { listTasksOfColumn, renumberTasks } from '#db/queries/tasks.ts'
import type { ColumnId } from '#shared/ids.ts'
import { isTooTight } from '#shared/order.ts'
import type { Task } from '#shared/task.ts'
import type { BoardChange } from './change-board.ts'

/** A card, and the orders of those between which it lies; null where there is none. */
interface Placed {
  task: Task
  previous: number | null
  next: number | null
}

/** Renumbers the column when a neighbour is so close that no card fits between any more; gives the card as it is then. */
export async function makeRoom(
  work: BoardChange,
  { task, previous, next }: Placed,
): Promise<Task | undefined> {
  const isTight = [previous, next].some((order) => order !== null && isTooTight(order, task.order))
  if (!isTight) return undefined
  return (await renumber(work, task.column_id)).find((each) => each.id === task.id)
}

/** Gives the cards of a column the orders 1, 2, 3 …, and tells it. */
export async function renumber({ tx, tell }: BoardChange, columnId: ColumnId): Promise<Task[]> {
  const all = await listTasksOfColumn(tx, columnId)
  const renumbered = await renumberTasks(
    tx,
    all.map(({ id }) => id),
  )
  for (const task of renumbered) tell({ type: 'task_moved', data: task })
  return renumbered
}
