import { X } from 'lucide-react'
import { useState } from 'react'
import type { BoardQuery } from '#shared/board-query.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Popover } from '../../ui/popover.tsx'
import { type Facet, type FilterFacts, facetText } from './facet.tsx'
import { FacetPicker } from './facet-picker.tsx'
import styles from './filter-bar.module.css'

interface FacetChipProps {
  facet: Facet
  query: BoardQuery
  facts: FilterFacts
  onChange: (query: BoardQuery) => void
}

/** What is filtered by now: press it to choose others, press its cross to be rid of it. */
export function FacetChip({ facet, query, facts, onChange }: FacetChipProps) {
  const [isOpen, setOpen] = useState(false)
  const text = facetText(facet, query, facts)
  return (
    <span className={styles.chip}>
      <Popover
        label={facet.title}
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={
          <button type="button" className={styles.chipText} aria-label={`${facet.title}: ${text}`}>
            {facet.icon}
            <span className={styles.chipName}>{facet.title}</span>
            <span className={styles.chipValue}>{text}</span>
          </button>
        }
      >
        <FacetPicker
          facet={facet}
          query={query}
          facts={facts}
          onChange={onChange}
          onDone={() => setOpen(false)}
        />
      </Popover>
      <button
        type="button"
        className={styles.chipCross}
        aria-label={texts.filters.removeFilter(facet.title.toLowerCase())}
        onClick={() => onChange(facet.clear(query))}
      >
        <X />
      </button>
    </span>
  )
}
