import { listTasksOfColumn, renumberTasks } from '#db/queries/tasks.ts'
import type { ColumnId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import type { BoardChange } from './change-board.ts'

/** Renumbers the column when no card fits beside the placed one any more; gives that card as it is then. */
export async function makeRoom(
  work: BoardChange,
  { task, is_tight }: { task: Task; is_tight: boolean },
): Promise<Task | undefined> {
  if (!is_tight) return undefined
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
