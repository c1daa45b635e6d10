import type { Column } from '#shared/column.ts'
import type { ColumnId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import type { CardGroup } from '../../lib/card-groups.ts'
import type { CardsByColumn } from './cards-by-column.ts'

/** A row of the board across its columns. */
export interface Lane {
  group: CardGroup
  cards: CardsByColumn
  /** Of its fullest column. */
  height: number
}

/** One row of cards is drawn at once, however many cards a lane has. */
export type LaneRow =
  | { kind: 'head'; lane: Lane; isOpen: boolean }
  | { kind: 'cards'; lane: Lane; index: number; isLast: boolean }

/** Before the card that stands at `index` now of a lane's column; `index` = length is the end. */
export interface LanePlace {
  laneId: string
  columnId: ColumnId
  index: number
}

export function lanesOf(groups: readonly CardGroup[]): Lane[] {
  return groups.map((group) => {
    const cards = new Map<ColumnId, TaskCard[]>()
    for (const card of group.cards) {
      const list = cards.get(card.column_id)
      if (list) list.push(card)
      else cards.set(card.column_id, [card])
    }
    return { group, cards, height: Math.max(...[...cards.values()].map((list) => list.length), 1) }
  })
}

export function laneRows(lanes: readonly Lane[], closed: ReadonlySet<string>): LaneRow[] {
  return lanes.flatMap((lane) => {
    const isOpen = !closed.has(lane.group.id)
    const rows = Array.from({ length: isOpen ? lane.height : 0 }, (_, index) => ({
      kind: 'cards' as const,
      lane,
      index,
      isLast: index === lane.height - 1,
    }))
    return [{ kind: 'head' as const, lane, isOpen }, ...rows]
  })
}

/** The cards of each column in the order in which lanes show them, for the keys that walk over them. */
export function cardsInLanes(columns: readonly Column[], lanes: readonly Lane[]): CardsByColumn {
  return new Map(columns.map(({ id }) => [id, lanes.flatMap((lane) => lane.cards.get(id) ?? [])]))
}
