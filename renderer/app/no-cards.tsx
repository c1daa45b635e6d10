import { SearchX } from 'lucide-react'
import { texts } from '../lib/texts/texts.ts'
import { EmptyState } from '../ui/notice.tsx'

/** What stands in a view of a board that shows no card. */
export function NoCards({ isFiltered }: { isFiltered: boolean }) {
  return isFiltered ? (
    <EmptyState icon={<SearchX />} title={texts.app.noCardFitsFilter}>
      {texts.app.takeSomeAway}
    </EmptyState>
  ) : (
    <EmptyState title={texts.app.noCardsYet}>{texts.app.cardsWrittenOnBoard}</EmptyState>
  )
}
