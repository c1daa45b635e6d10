import type { BoardQuery } from '#shared/board-query.ts'
import { texts } from '../../lib/texts/texts.ts'
import { PickList } from '../../ui/pick-list.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { Facet, FilterFacts } from './facet.tsx'

interface FacetPickerProps {
  facet: Facet
  query: BoardQuery
  facts: FilterFacts
  onChange: (query: BoardQuery) => void
  onBack?: () => void
  /** Of what is chosen once. */
  onDone: () => void
}

/** The values of one facet; several of them where that makes sense. */
export function FacetPicker({ facet, query, facts, onChange, onBack, onDone }: FacetPickerProps) {
  const chosen = facet.chosen(query)
  const hasMode = facet.id === 'label' && chosen.length > 1
  return (
    <PickList
      label={facet.title}
      isMulti={facet.isMulti}
      options={facet.options(facts).map((option) => ({ ...option, isChosen: chosen.includes(option.id) }))}
      onPick={(id) => {
        onChange(facet.toggle(query, id))
        if (!facet.isMulti) onDone()
      }}
      {...(onBack && { onBack })}
      {...(hasMode && {
        foot: (
          <Segmented
            label={texts.filters.cards}
            value={query.label_mode}
            choices={[
              { value: 'any', label: texts.filters.anyThem },
              { value: 'all', label: texts.filters.allThem },
            ]}
            onChange={(label_mode) => onChange({ ...query, label_mode })}
          />
        ),
      })}
    />
  )
}
