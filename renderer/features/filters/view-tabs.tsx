import { ChartLine, GanttChart, SquareKanban, Table2 } from 'lucide-react'
import type { BoardQuery } from '#shared/board-query.ts'
import { useOffers } from '../../lib/actions/use-offers.ts'
import { Segmented } from '../../ui/segmented.tsx'

type View = BoardQuery['view']

const VIEWS = [
  { value: 'board', label: 'Board', icon: <SquareKanban /> },
  { value: 'table', label: 'Table', icon: <Table2 /> },
  { value: 'timeline', label: 'Timeline', icon: <GanttChart /> },
  { value: 'insights', label: 'Insights', icon: <ChartLine /> },
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
  return <Segmented label="View" value={view} choices={VIEWS} onChange={onChange} />
}
