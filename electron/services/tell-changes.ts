import type { StoredTask } from '#db/queries/change-task.ts'
import type { NewActivity } from '#db/queries/outbox.ts'
import type { BoardEvent } from '#shared/board-event.ts'
import type { Column } from '#shared/column.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import { Task } from '#shared/task.ts'
import type { AssigneeNames } from './assignee.ts'
import type { BoardChange } from './change-board.ts'
import { above, cardActivity, cardChanges, cardMoved } from './task-activity.ts'

interface Change {
  before: StoredTask
  after: StoredTask
}

/** Says what became of one of several cards: in one event, and in a line for each thing. */
export function tellChanges(
  { board, tell, note }: BoardChange,
  change: Change,
  columns: ReadonlyMap<ColumnId, Column>,
  { names, forced }: { names: AssigneeNames; forced: ReadonlySet<TaskId> },
): void {
  const { before, after } = change
  const isForced = forced.has(after.id)
  const lines: NewActivity[] = cardChanges(board, change, names)
  const from = columns.get(before.column_id)
  const to = columns.get(after.column_id)
  const isMoved = before.column_id !== after.column_id || before.order !== after.order
  if (to && isMoved) lines.push(cardMoved(board, after, from ?? to, to, isForced))
  for (const [type, sentence] of whereabouts(change)) {
    const metadata = isForced ? { forced: true } : {}
    lines.push(cardActivity(board, after, type, (card) => sentence(card) + above(isForced), metadata))
  }
  const event = eventOf(change, isMoved)
  if (event) tell(event, ...lines)
  else note(...lines)
}

/** From the board to the trash and the archive, and back. */
function whereabouts({ before, after }: Change): [NewActivity['event_type'], (card: string) => string][] {
  const lines: [NewActivity['event_type'], (card: string) => string][] = []
  if (!before.deleted_at && after.deleted_at) lines.push(['deleted', (card) => `moved ${card} to the trash`])
  if (before.deleted_at && !after.deleted_at) lines.push(['restored', (card) => `restored ${card}`])
  if (!before.archived_at && after.archived_at) lines.push(['archived', (card) => `archived ${card}`])
  if (before.archived_at && !after.archived_at)
    lines.push(['unarchived', (card) => `took ${card} out of the archive`])
  return lines
}

function eventOf({ before, after }: Change, isMoved: boolean): BoardEvent | null {
  const data = Task.parse(after)
  const place = (task: StoredTask) => (task.deleted_at ? 'trash' : task.archived_at ? 'archive' : 'board')
  switch (place(after)) {
    case 'trash':
      return place(before) === 'trash' ? null : { type: 'task_deleted', data: { id: after.id } }
    case 'archive':
      return place(before) === 'archive'
        ? { type: 'task_updated', data }
        : { type: 'task_archived', data: { id: after.id } }
    default:
      if (place(before) !== 'board') return { type: 'task_created', data }
      return { type: isMoved ? 'task_moved' : 'task_updated', data }
  }
}
