import { ChartLine, GanttChart, SquareKanban, Table2 } from 'lucide-react'
import type { BoardQuery } from '#shared/board-query.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Segmented } from '../../ui/segmented.tsx'

type View = BoardQuery['view']

const VIEWS = [
  { value: 'board', label: texts.filters.board, icon: <SquareKanban /> },
  { value: 'table', label: texts.filters.table, icon: <Table2 /> },
  { value: 'timeline', label: texts.filters.timeline, icon: <GanttChart /> },
  { value: 'insights', label: texts.filters.insights, icon: <ChartLine /> },
] as const satisfies readonly { value: View; label: string; icon: unknown }[]

/** The ways to look at a board. */
export function ViewTabs({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const offer = (to: View) => ({ run: () => onChange(to), isEnabled: () => view !== to })
  useOffers({
    'view.board': offer('board'),
    'view.table': offer('table'),
    'view.timeline': offer('timeline'),
    'view.insights': offer('insights'),
  })
  return <Segmented isFoldable label={texts.filters.view} value={view} choices={VIEWS} onChange={onChange} />
}
