import { SlidersHorizontal } from 'lucide-react'
import type { BoardQuery, SortKey } from '#shared/board-query.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'

interface DisplayMenuProps {
  query: BoardQuery
  onChange: (query: BoardQuery) => void
}

const SORTS: Readonly<Record<SortKey, string>> = {
  manual: texts.filters.byHand,
  priority: texts.filters.priority,
  due: texts.filters.dueDate,
  created: texts.filters.created,
  updated: texts.filters.changed,
  title: texts.filters.title,
  estimate: texts.filters.estimate,
}

const GROUPS: Readonly<Record<BoardQuery['group_by'], string>> = {
  none: texts.filters.notGrouped,
  column: texts.filters.column,
  priority: texts.filters.priority,
  label: texts.filters.label,
  assignee: texts.filters.assignee,
}

/** How the cards are arranged: their order, and the lanes or groups that they lie in. */
export function DisplayMenu({ query, onChange }: DisplayMenuProps) {
  const { sort, group_by: group, view } = query
  const sortBy = (by: SortKey) => onChange({ ...query, sort: { by, direction: 'asc' } })
  const groupBy = (group_by: BoardQuery['group_by']) => onChange({ ...query, group_by })
  const turn = () =>
    onChange({ ...query, sort: { ...sort, direction: sort.direction === 'asc' ? 'desc' : 'asc' } })
  const groups = view === 'board' ? keysOf(GROUPS).filter((one) => one !== 'column') : keysOf(GROUPS)
  useOffers({
    'view.sort': {
      choices: () =>
        keysOf(SORTS).map((by) => ({
          id: by,
          title: SORTS[by],
          isChosen: by === sort.by,
          run: () => sortBy(by),
        })),
    },
    'view.group': {
      choices: () =>
        groups.map((one) => ({
          id: one,
          title: GROUPS[one],
          isChosen: one === group,
          run: () => groupBy(one),
        })),
    },
  })
  const entries: MenuEntry[] = [
    { kind: 'label', label: texts.filters.sort },
    ...keysOf(SORTS).map((by) => ({
      label: SORTS[by],
      isChecked: by === sort.by,
      onSelect: () => sortBy(by),
    })),
    { label: texts.filters.otherWayRound, isChecked: sort.direction === 'desc', onSelect: turn },
    { kind: 'separator' },
    { kind: 'label', label: view === 'board' ? texts.filters.swimlanes : texts.filters.group },
    ...groups.map((one) => ({
      label: one === 'none' && view === 'board' ? texts.filters.noSwimlanes : GROUPS[one],
      isChecked: one === group,
      onSelect: () => groupBy(one),
    })),
  ]
  const parts = [sort.by !== 'manual' && SORTS[sort.by], group !== 'none' && GROUPS[group]].filter(Boolean)
  return (
    <Menu align="end" entries={entries}>
      <Button
        variant="ghost"
        size="small"
        icon={<SlidersHorizontal />}
        aria-label={texts.filters.sortAndGroup}
      >
        {parts.length > 0 ? parts.join(' · ') : texts.filters.display}
      </Button>
    </Menu>
  )
}

function keysOf<Key extends string>(record: Readonly<Record<Key, string>>): Key[] {
  return Object.keys(record) as Key[]
}
