import type { TaskCard } from '#shared/task.ts'
import type { CardGroup } from '../../lib/card-groups.ts'

export type TableRow = { kind: 'card'; card: TaskCard } | { kind: 'group'; group: CardGroup; isOpen: boolean }

/** The rows from top to bottom; the cards of a closed group are not among them. */
export function tableRows(
  cards: readonly TaskCard[],
  groups: readonly CardGroup[] | null,
  closed: ReadonlySet<string>,
): TableRow[] {
  const cardRow = (card: TaskCard): TableRow => ({ kind: 'card', card })
  if (!groups) return cards.map(cardRow)
  return groups.flatMap((group) => {
    const isOpen = !closed.has(group.id)
    return [{ kind: 'group', group, isOpen } as const, ...(isOpen ? group.cards.map(cardRow) : [])]
  })
}

/** What the cells of a row are known by in the page. */
export function rowIdOf(row: TableRow): string {
  return row.kind === 'card' ? row.card.id : `group:${row.group.id}`
}
