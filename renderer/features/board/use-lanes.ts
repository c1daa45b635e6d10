import { useMemo } from 'react'
import type { Column } from '#shared/column.ts'
import type { Person } from '#shared/person.ts'
import type { TaskCard } from '#shared/task.ts'
import type { CardFilter } from '../../lib/card-filter.ts'
import { fieldsOfGroup, type GroupBy, groupCards } from '../../lib/card-groups.ts'
import type { BoardState } from './board-state.ts'
import type { BulkActions } from './bulk-actions.ts'
import type { CardsByColumn } from './cards-by-column.ts'
import { placesAround } from './drop-place.ts'
import { cardsInLanes, type Lane, type LanePlace, lanesOf } from './lanes.ts'

export interface Lanes {
  by: GroupBy
  lanes: readonly Lane[]
  /** As the lanes show them. */
  cards: CardsByColumn
  facts: Parameters<typeof fieldsOfGroup>[3]
}

/** The shown cards in rows by a field; null: in none. */
export function useLanes(
  labels: BoardState['labels'],
  columns: readonly Column[],
  people: readonly Person[],
  cards: CardsByColumn,
  by: GroupBy | null,
): Lanes | null {
  return useMemo(() => {
    if (by === null) return null
    const facts = { columns, labels, people }
    const shown = columns.flatMap(({ id }) => cards.get(id) ?? [])
    const lanes = lanesOf(groupCards(shown, by, facts))
    return { by, lanes, cards: cardsInLanes(columns, lanes), facts }
  }, [labels, columns, people, cards, by])
}

/** Puts cards where they were dropped: into the column, between its neighbours, and into the lane, all at once. */
export function dropInLane(
  { by, lanes, facts }: Lanes,
  bulk: BulkActions,
  filter: CardFilter | null,
  cards: readonly TaskCard[],
  { laneId, columnId, index }: LanePlace,
): void {
  const lane = lanes.find(({ group }) => group.id === laneId)
  if (!lane) return
  const home = new Set(lane.group.cards.map(({ id }) => id))
  const setOf = (card: TaskCard) => (home.has(card.id) ? {} : fieldsOfGroup(by, laneId, card, facts))
  if (filter?.compare) {
    const coming = cards.filter((card) => !home.has(card.id) || card.column_id !== columnId)
    if (coming.length > 0) void bulk.sendWith(coming, columnId, setOf)
    return
  }
  const between = placesAround(lane.cards.get(columnId) ?? [], cards, index)
  if (between) void bulk.placeBetween(cards, columnId, between, setOf)
}
