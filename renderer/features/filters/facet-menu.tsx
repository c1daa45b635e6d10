import { ListFilter } from 'lucide-react'
import { useState } from 'react'
import type { BoardQuery } from '#shared/board-query.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { PickList } from '../../ui/pick-list.tsx'
import { Popover } from '../../ui/popover.tsx'
import { FACETS, type Facet, type FilterFacts } from './facet.tsx'
import { FacetPicker } from './facet-picker.tsx'

interface FacetMenuProps {
  query: BoardQuery
  facts: FilterFacts
  onChange: (query: BoardQuery) => void
}

/** First what to filter by, then by which. */
export function FacetMenu({ query, facts, onChange }: FacetMenuProps) {
  const [isOpen, setOpen] = useState(false)
  const [facet, setFacet] = useState<Facet | null>(null)
  const open = (next: boolean) => {
    setOpen(next)
    if (next) setFacet(null)
  }
  useOffers({ 'filter.add': { run: () => open(true) } })
  return (
    <Popover
      label={texts.filters.filter}
      isOpen={isOpen}
      onOpenChange={open}
      trigger={
        <Button variant="ghost" size="small" icon={<ListFilter />}>
          {texts.filters.filter}
        </Button>
      }
    >
      {facet ? (
        <FacetPicker
          key={facet.id}
          facet={facet}
          query={query}
          facts={facts}
          onChange={onChange}
          onBack={() => setFacet(null)}
          onDone={() => setOpen(false)}
        />
      ) : (
        <PickList
          label={texts.filters.filterByTitle}
          options={FACETS.map(({ id, title, icon }) => ({ id, label: title, icon }))}
          onPick={(id) => setFacet(FACETS.find((one) => one.id === id) ?? null)}
        />
      )}
    </Popover>
  )
}
