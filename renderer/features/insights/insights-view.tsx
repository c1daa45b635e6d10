import { useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { BoardId } from '#shared/ids.ts'
import type { Insights } from '#shared/insights.ts'
import { plural } from '../../lib/format.ts'
import { useToday } from '../../lib/today.ts'
import { ErrorState } from '../../ui/notice.tsx'
import { shortDay } from './chart-parts.tsx'
import { CostChart } from './cost-chart.tsx'
import { CountChart } from './count-chart.tsx'
import { CycleChart } from './cycle-chart.tsx'
import { FlowChart } from './flow-chart.tsx'
import styles from './insights.module.css'
import { InsightsSkeleton } from './insights-skeleton.tsx'
import { lastDays, type Range, RangePicker } from './range-picker.tsx'
import { useInsights } from './use-insights.ts'

interface InsightsViewProps {
  boardId: BoardId
  boardKey: string
  columns: readonly Column[]
}

const FIRST_RANGE = 30

/** How work flows over a board, in charts and numbers. */
export function InsightsView({ boardId, boardKey, columns }: InsightsViewProps) {
  const today = useToday()
  const [range, setRange] = useState<Range>(() => lastDays(FIRST_RANGE, today))
  const { data, error, refetch, isPlaceholderData } = useInsights({ board_id: boardId, ...range })
  return (
    <div className={styles.page} aria-busy={isPlaceholderData}>
      <RangePicker range={range} today={today} onChange={setRange} />
      {error && !data ? (
        <ErrorState title="The figures could not be read" error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Charts data={data} boardKey={boardKey} columns={columns} />
      ) : (
        <InsightsSkeleton />
      )}
    </div>
  )
}

function Charts({ data, boardKey, columns }: Omit<InsightsViewProps, 'boardId'> & { data: Insights }) {
  const finished = data.throughput.reduce((sum, { count }) => sum + count, 0)
  const executions = data.rework.reduce((sum, { count }) => sum + count, 0)
  const once = data.rework.find(({ rounds }) => rounds === 1)?.count ?? 0
  return (
    <div className={styles.charts}>
      <FlowChart flow={data.flow} columns={columns} />
      <CycleChart cycle={data.cycle} boardKey={boardKey} />
      <CountChart
        title="Throughput"
        summary={`${plural(finished, 'card')} finished, by the week.`}
        empty="No card was finished in this time."
        heads={['Week of', 'Finished cards']}
        counts={data.throughput.map(({ week, count }) => ({ name: shortDay(week), count }))}
      />
      <CountChart
        title="Rework"
        summary={`${once} of ${plural(executions, 'run')} needed one round only.`}
        empty="No agent has finished in this time."
        heads={['Rounds', 'Runs']}
        counts={data.rework.map(({ rounds, count }) => ({ name: String(rounds), count }))}
      />
      <CostChart cost={data.cost} />
    </div>
  )
}
