import type { Column } from '#shared/column.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import { calculateOrder } from '#shared/order.ts'
import type { TaskCard } from '#shared/task.ts'
import type { Between } from './room-below.ts'

/** Between two cards: before the one that stands at `index` now. `index` = length is the end. */
export interface CardPlace {
  columnId: ColumnId
  index: number
}

/** The orders between which cards go at a place, or null when they stand there already. */
export function placesAround(
  cards: readonly Pick<TaskCard, 'id' | 'order'>[],
  group: readonly Pick<TaskCard, 'id'>[],
  index: number,
): Between | null {
  const ids = new Set(group.map(({ id }) => id))
  const before = cards.slice(0, index).filter(({ id }) => !ids.has(id))
  const after = cards.slice(index).filter(({ id }) => !ids.has(id))
  const moved = [...before, ...group, ...after]
  const isThere = moved.length === cards.length && moved.every(({ id }, at) => id === cards[at]?.id)
  return isThere ? null : [before.at(-1)?.order ?? null, after[0]?.order ?? null]
}

/** Where a card lands among others that are shown in an order of their own. */
export function landingIndex(
  cards: readonly TaskCard[],
  card: TaskCard,
  compare: (a: TaskCard, b: TaskCard) => number,
): number {
  const home = cards.findIndex(({ id }) => id === card.id)
  if (home !== -1) return home
  const index = cards.findIndex((other) => compare(card, other) < 0)
  return index === -1 ? cards.length : index
}

/** The order that puts a column before the one that stands at `index` now, or null when it stands there already. */
export function columnOrderAt(columns: readonly Column[], columnId: ColumnId, index: number): number | null {
  const from = columns.findIndex((column) => column.id === columnId)
  if (from === -1 || index === from || index === from + 1) return null
  return calculateOrder(columns[index - 1]?.order ?? null, columns[index]?.order ?? null)
}

export type Direction = 'up' | 'down' | 'left' | 'right'

/**
 * The next place of a card that is moved by keyboard. Up and down skip the two places that mean "where it is"; left and
 * right keep the height as far as the next column reaches.
 */
export function nextPlace(
  columns: readonly { id: ColumnId; cards: readonly { id: TaskId }[] }[],
  taskId: TaskId,
  place: CardPlace,
  direction: Direction,
): CardPlace {
  const at = columns.findIndex((column) => column.id === place.columnId)
  const column = columns[at]
  if (!column) return place
  if (direction === 'left' || direction === 'right') {
    const target = columns[at + (direction === 'left' ? -1 : 1)]
    return target ? { columnId: target.id, index: Math.min(place.index, target.cards.length) } : place
  }
  const home = column.cards.findIndex((card) => card.id === taskId)
  const step = direction === 'up' ? -1 : 1
  let index = place.index + step
  if (home !== -1 && index === home + 1) index += step
  return index < 0 || index > column.cards.length ? place : { columnId: column.id, index }
}

/** Where a card would stand among the others of a column, from 1, for announcements. */
export function positionOf(cards: readonly { id: TaskId }[], taskId: TaskId, index: number): number {
  const home = cards.findIndex((card) => card.id === taskId)
  return (home !== -1 && index > home ? index - 1 : index) + 1
}
