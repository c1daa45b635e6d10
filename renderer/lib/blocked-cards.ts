import type { Column } from '#shared/column.ts'
import { isBlockerDone } from '#shared/dependency.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import type { TaskLink } from '#shared/task-link.ts'

interface KnownCards {
  columns: readonly Column[]
  links: readonly TaskLink[]
  tasks: Pick<ReadonlyMap<TaskId, TaskCard>, 'get'>
  executions: Pick<ReadonlyMap<TaskId, ExecutionSummary>, 'get'>
}

/** The cards that wait for another one. */
export function blockedCards({ columns, links, tasks, executions }: KnownCards): ReadonlySet<TaskId> {
  const ends = new Set(columns.filter((column) => column.is_end_column).map(({ id }) => id))
  const blocked = new Set<TaskId>()
  for (const { kind, task_id, other_task_id } of links) {
    if (kind !== 'blocks') continue
    const blocker = tasks.get(task_id)
    const state = blocker && {
      column_id: blocker.column_id,
      isAway: false,
      isMerged: executions.get(task_id)?.resolution === 'merged',
    }
    if (!isBlockerDone(state, ends)) blocked.add(other_task_id)
  }
  return blocked
}
