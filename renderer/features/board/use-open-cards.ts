import { useMemo } from 'react'
import type { ColumnId } from '#shared/ids.ts'
import type { CardsByColumn } from './cards-by-column.ts'

export const NO_CARDS: readonly never[] = []

/** The cards that are drawn: none of a strip. */
export function useOpenCards(cards: CardsByColumn, collapsed: ReadonlySet<ColumnId>): CardsByColumn {
  return useMemo(() => {
    const hidden = [...cards.keys()].filter((id) => collapsed.has(id))
    return hidden.length === 0 ? cards : new Map([...cards, ...hidden.map((id) => [id, NO_CARDS] as const)])
  }, [cards, collapsed])
}
