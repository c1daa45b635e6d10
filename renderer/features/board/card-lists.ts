import type { BoardId, TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import { selectionOf } from '../../lib/selection.ts'

/** The selected cards as they stand, if this is one of them, else only this. */
export function selectedWith(
  boardId: BoardId,
  task: TaskCard,
  all: readonly TaskCard[],
): readonly TaskCard[] {
  const { ids } = selectionOf(boardId)
  return ids.has(task.id) ? all.filter(({ id }) => ids.has(id)) : [task]
}

/** The cards of all lists, one list after the other. */
export function idsIn(lists: readonly (readonly TaskCard[])[]): TaskId[] {
  return lists.flat().map(({ id }) => id)
}
