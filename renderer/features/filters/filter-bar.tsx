import { memo, type ReactNode } from 'react'
import { type BoardQuery, DEFAULT_QUERY, isFiltering } from '#shared/board-query.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { DisplayMenu } from './display-menu.tsx'
import { FACETS, type FilterFacts } from './facet.tsx'
import { FacetChip } from './facet-chip.tsx'
import { FacetMenu } from './facet-menu.tsx'
import styles from './filter-bar.module.css'
import { FilterField } from './filter-field.tsx'
import { ViewTabs } from './view-tabs.tsx'

interface FilterBarProps {
  query: BoardQuery
  facts: FilterFacts
  /** `replace`: a step that is not worth coming back to. */
  onChange: (query: BoardQuery, options?: { replace?: boolean }) => void
  /** What else there is to choose of this view. */
  tools?: ReactNode
  /** The saved views. */
  children?: ReactNode
}

/** Which view of the board, which of its cards, and how they are arranged. Not drawn anew when a card changes. */
export const FilterBar = memo(function FilterBar({
  query,
  facts,
  onChange,
  tools,
  children,
}: FilterBarProps) {
  const hasCards = query.view !== 'insights'
  const change = (next: BoardQuery) => onChange(next)
  const clear = () => onChange(withoutFilter(query))
  useOffers({ 'filter.clear': { run: clear, isEnabled: () => isFiltering(query) } })
  return (
    <search className={styles.bar} aria-label={texts.filters.cardsBoard}>
      <ViewTabs view={query.view} onChange={(view) => onChange({ ...query, view })} />
      {children}
      {hasCards && (
        <>
          <FilterField
            text={query.text}
            onChange={(text) => onChange({ ...query, text }, { replace: query.text !== '' && text !== '' })}
          />
          <FacetMenu query={query} facts={facts} onChange={change} />
          {FACETS.filter((facet) => facet.chosen(query).length > 0).map((facet) => (
            <FacetChip key={facet.id} facet={facet} query={query} facts={facts} onChange={change} />
          ))}
          {isFiltering(query) && (
            <Button variant="ghost" size="small" onClick={clear}>
              {texts.filters.clear}
            </Button>
          )}
          <span className={styles.spacer} />
          {tools}
          {query.view !== 'timeline' && <DisplayMenu query={query} onChange={change} />}
        </>
      )}
    </search>
  )
})

/** All cards again, arranged as they are. */
function withoutFilter({ sort, group_by, view }: BoardQuery): BoardQuery {
  return { ...DEFAULT_QUERY, sort, group_by, view }
}
