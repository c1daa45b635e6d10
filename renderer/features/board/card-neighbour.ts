import type { Column } from '#shared/column.ts'
import type { TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import type { CardsByColumn } from './cards-by-column.ts'

/** The cards as they are drawn. */
export interface CardGrid {
  columns: readonly Column[]
  cards: CardsByColumn
}

interface CardPlace {
  column: number
  row: number
  task: TaskCard
}

export function placeOfCard({ columns, cards }: CardGrid, id: TaskId | null): CardPlace | null {
  for (const [column, { id: columnId }] of columns.entries()) {
    const inColumn = cards.get(columnId) ?? []
    const row = inColumn.findIndex((card) => card.id === id)
    const task = inColumn[row]
    if (task) return { column, row, task }
  }
  return null
}

/** How many columns to the right, and how many cards down. */
export type Step = readonly [across: number, down: number]

/** The card beside another one; columns without cards are passed over. */
export function neighbourOf(grid: CardGrid, at: CardPlace, [across, down]: Step): TaskCard | undefined {
  if (across === 0) return cardsOf(grid, at.column)[at.row + down]
  for (let index = at.column + across; grid.columns[index]; index += across) {
    const cards = cardsOf(grid, index)
    const card = cards[Math.min(at.row, cards.length - 1)]
    if (card) return card
  }
  return undefined
}

function cardsOf({ columns, cards }: CardGrid, index: number): readonly TaskCard[] {
  const column = columns[index]
  return (column && cards.get(column.id)) ?? []
}

export function firstCardOf({ columns, cards }: CardGrid): TaskCard | undefined {
  return columns.map((column) => cards.get(column.id)?.[0]).find(Boolean)
}

export function columnOfCard({ columns, cards }: CardGrid, id: TaskId): Column | undefined {
  return columns.find((column) => cards.get(column.id)?.some((card) => card.id === id))
}

/** Of the cards that stood in its column, the next one below that is left, else the next one above. */
export function nearestLeft(
  grid: CardGrid,
  id: TaskId,
  isLeft: (id: TaskId) => boolean,
): TaskCard | undefined {
  const at = placeOfCard(grid, id)
  if (!at) return undefined
  const inColumn = cardsOf(grid, at.column)
  return (
    inColumn.slice(at.row + 1).find((card) => isLeft(card.id)) ??
    inColumn.slice(0, at.row).findLast((card) => isLeft(card.id))
  )
}
