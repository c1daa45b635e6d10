import type { Column } from '#shared/column.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import { compareByOrder } from '#shared/order.ts'
import type { TaskCard } from '#shared/task.ts'
import type { PendingMove } from './board-state.ts'

/** The cards of each column as drawn. */
export type CardsByColumn = ReadonlyMap<ColumnId, readonly TaskCard[]>

/** What decides where cards are drawn. */
export interface PlacedCards {
  columns: readonly Column[]
  tasks: ReadonlyMap<TaskId, TaskCard>
  moves: ReadonlyMap<TaskId, PendingMove>
}

/** All cards, each in its column; those of columns that are not there are not drawn. */
export function placeCards({ columns, tasks, moves }: PlacedCards): CardsByColumn {
  const groups = new Map<ColumnId, TaskCard[]>(columns.map((column) => [column.id, []]))
  for (const task of tasks.values()) {
    const placed = withPlace(task, moves.get(task.id))
    groups.get(placed.column_id)?.push(placed)
  }
  for (const cards of groups.values()) cards.sort(compareByOrder)
  return groups
}

/**
 * The cards as drawn after some of them have changed. A column in which nothing changed keeps its array, so that it need
 * not redraw.
 */
export function placeAgain(
  before: PlacedCards & { cards: CardsByColumn },
  after: PlacedCards,
  changed: ReadonlySet<TaskId>,
): CardsByColumn {
  const moved = new Set<TaskId>()
  const coming = new Map<ColumnId, TaskCard[]>()
  for (const id of changed) {
    const [old, now] = [placedCard(before, id), placedCard(after, id)]
    if (old === now) continue
    moved.add(id)
    if (old && !coming.has(old.column_id)) coming.set(old.column_id, [])
    if (now) push(coming, now)
  }
  if (moved.size === 0) return before.cards
  const cards = new Map(before.cards)
  for (const [columnId, added] of coming) {
    const list = cards.get(columnId)
    const staying = list?.filter((card) => !moved.has(card.id))
    if (staying) cards.set(columnId, [...staying, ...added].sort(compareByOrder))
  }
  return cards
}

function push(groups: Map<ColumnId, TaskCard[]>, card: TaskCard): void {
  const group = groups.get(card.column_id)
  if (group) group.push(card)
  else groups.set(card.column_id, [card])
}

/** A card where it is drawn: at the place of its move that the app has not answered yet, if there is one. */
export function placedCard(
  { tasks, moves }: Pick<PlacedCards, 'tasks' | 'moves'>,
  id: TaskId,
): TaskCard | undefined {
  const task = tasks.get(id)
  return task && withPlace(task, moves.get(id))
}

const placed = new WeakMap<TaskCard, { move: PendingMove; task: TaskCard }>()

/** The card at its pending place; the same object for the same move. */
function withPlace(task: TaskCard, move: PendingMove | undefined): TaskCard {
  if (!move) return task
  const known = placed.get(task)
  if (known?.move === move) return known.task
  const moved = { ...task, column_id: move.column_id, order: move.order }
  placed.set(task, { move, task: moved })
  return moved
}
