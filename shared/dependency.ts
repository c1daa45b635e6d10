import type { ColumnId, TaskId } from './ids.ts'
import type { TaskLink } from './task-link.ts'

type BlockingLink = Pick<TaskLink, 'task_id' | 'other_task_id' | 'kind'>

/** What decides whether a card still keeps others waiting. */
export interface BlockerState {
  column_id: ColumnId
  /** Archived or in the trash: nobody will work on it. */
  isAway: boolean
  /** The result of its current execution is in the base branch. */
  isMerged: boolean
}

/** A blocker that is not known is gone for good. */
export function isBlockerDone(blocker: BlockerState | undefined, endColumns: ReadonlySet<ColumnId>): boolean {
  return !blocker || blocker.isAway || blocker.isMerged || endColumns.has(blocker.column_id)
}

/** The cards that a card waits for: all that block it and are not done. */
export function openBlockers(
  id: TaskId,
  links: Iterable<BlockingLink>,
  isDone: (blocker: TaskId) => boolean,
): TaskId[] {
  const open = new Set<TaskId>()
  for (const link of links) {
    if (link.kind === 'blocks' && link.other_task_id === id && !isDone(link.task_id)) open.add(link.task_id)
  }
  return [...open]
}

/**
 * The chain that a new "blocker blocks blocked" would close to a ring, from the blocked card to the blocker; null when
 * there is none. Both ends are in it; the new link would lead from its last to its first.
 */
export function findCycle(blocker: TaskId, blocked: TaskId, links: Iterable<BlockingLink>): TaskId[] | null {
  const next = blockedByEach(links)
  const cameFrom = new Map<TaskId, TaskId | null>([[blocked, null]])
  for (const at of cameFrom.keys()) {
    if (at === blocker) return pathTo(at, cameFrom)
    for (const one of next.get(at) ?? []) if (!cameFrom.has(one)) cameFrom.set(one, at)
  }
  return null
}

function blockedByEach(links: Iterable<BlockingLink>): Map<TaskId, TaskId[]> {
  const blocked = new Map<TaskId, TaskId[]>()
  for (const { kind, task_id, other_task_id } of links) {
    if (kind !== 'blocks') continue
    const known = blocked.get(task_id)
    if (known) known.push(other_task_id)
    else blocked.set(task_id, [other_task_id])
  }
  return blocked
}

function pathTo(end: TaskId, cameFrom: ReadonlyMap<TaskId, TaskId | null>): TaskId[] {
  const path: TaskId[] = []
  for (let at: TaskId | null = end; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at)
  return path
}
