import type { Column } from '#shared/column.ts'
import { isBlockerDone } from '#shared/dependency.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import type { TaskLink } from '#shared/task-link.ts'

/** The cards that wait for others, with those for which each waits. */
export type WaitingCards = ReadonlyMap<TaskId, readonly TaskCard[]>

/** What of a board decides which cards wait. */
export interface LinkedCards {
  columns: readonly Column[]
  links: readonly TaskLink[]
  tasks: Pick<ReadonlyMap<TaskId, TaskCard>, 'get'>
  executions: Pick<ReadonlyMap<TaskId, ExecutionSummary>, 'get'>
}

const NONE: WaitingCards = new Map()

/** Which cards wait, as far as is known. A card that waits for the same as before keeps its list. */
export function waitingCards(
  { columns, links, tasks, executions }: LinkedCards,
  before: WaitingCards = NONE,
): WaitingCards {
  const ends = new Set(columns.filter((column) => column.is_end_column).map(({ id }) => id))
  const waiting = new Map<TaskId, TaskCard[]>()
  for (const { task_id, other_task_id } of blocking(links)) {
    const blocker = tasks.get(task_id)
    if (!blocker) continue
    const isMerged = executions.get(task_id)?.resolution === 'merged'
    if (isBlockerDone({ column_id: blocker.column_id, isAway: false, isMerged }, ends)) continue
    const list = waiting.get(other_task_id)
    if (list) list.push(blocker)
    else waiting.set(other_task_id, [blocker])
  }
  return waiting.size === 0 && before.size === 0 ? before : shared(waiting, before)
}

const known = new WeakMap<readonly TaskLink[], readonly TaskLink[]>()

/** Looked for once: links change far less often than cards do. */
function blocking(links: readonly TaskLink[]): readonly TaskLink[] {
  const found = known.get(links) ?? links.filter(({ kind }) => kind === 'blocks')
  known.set(links, found)
  return found
}

function shared(now: ReadonlyMap<TaskId, TaskCard[]>, before: WaitingCards): WaitingCards {
  return new Map(
    [...now].map(([id, list]) => {
      const old = before.get(id)
      const isSame = old?.length === list.length && list.every((card, index) => card === old[index])
      return [id, isSame ? old : list] as const
    }),
  )
}
