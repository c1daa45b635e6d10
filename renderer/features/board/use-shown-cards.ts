import { useRef } from 'react'
import type { ColumnId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import type { CardFilter } from '../../lib/card-filter.ts'
import type { CardsByColumn } from './cards-by-column.ts'

interface Shown {
  filter: CardFilter | null
  cards: CardsByColumn
  shown: CardsByColumn
}

/** Of all cards those that the filter shows, in its order. A column in which nothing changed keeps its array. */
export function useShownCards(cards: CardsByColumn, filter: CardFilter | null): CardsByColumn {
  const before = useRef<Shown | null>(null)
  if (before.current?.cards !== cards || before.current.filter !== filter) {
    before.current = { filter, cards, shown: filterCards(cards, filter, before.current) }
  }
  return before.current.shown
}

export function filterCards(
  cards: CardsByColumn,
  filter: CardFilter | null,
  before: Shown | null,
): CardsByColumn {
  if (!filter) return cards
  const shown = new Map<ColumnId, readonly TaskCard[]>()
  for (const [id, all] of cards) {
    const known = before?.shown.get(id)
    if (known && before?.filter === filter && before.cards.get(id) === all) shown.set(id, known)
    else shown.set(id, sameOr(known, filtered(all, filter)))
  }
  return shown
}

function filtered(all: readonly TaskCard[], { matches, compare }: CardFilter): readonly TaskCard[] {
  const found = matches ? all.filter(matches) : all
  return compare ? found.toSorted(compare) : found
}

function sameOr(known: readonly TaskCard[] | undefined, now: readonly TaskCard[]): readonly TaskCard[] {
  return known?.length === now.length && known.every((card, index) => card === now[index]) ? known : now
}
