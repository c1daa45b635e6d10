import type { TaskCard } from '#shared/task.ts'
import type { Choice } from '../../lib/actions/offers.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { BoardState } from './board-state.ts'
import { useBulkActions } from './use-bulk-actions.ts'

const DAY_MS = 24 * 60 * 60_000
const AGES = [0, 7, 30, 90]

/** Offers to put away what is done: all of it, or what nobody has touched for some days. */
export function useArchiveOffers(state: BoardState): void {
  const bulk = useBulkActions(state.board.id)
  useOffers({
    'board.archive-done': {
      choices: () => choices(doneCards(state), Date.now(), (cards) => void bulk.archive(cards)),
      isEnabled: () => doneCards(state).length > 0,
    },
  })
}

function doneCards({ columns, cards }: BoardState): TaskCard[] {
  return columns.filter((column) => column.is_end_column).flatMap(({ id }) => cards.get(id) ?? [])
}

function choices(done: TaskCard[], now: number, archive: (cards: TaskCard[]) => void): Choice[] {
  return AGES.flatMap((days) => {
    const old = done.filter((card) => now - card.updated_at.getTime() >= days * DAY_MS)
    if (old.length === 0) return []
    const title = days === 0 ? texts.board.allDone : texts.board.doneAndNotTouched(days)
    return [{ id: String(days), title, hint: texts.board.cards(old.length), run: () => archive(old) }]
  })
}
