import { useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { BoardId } from '#shared/ids.ts'
import type { Insights } from '#shared/insights.ts'
import { texts } from '../../lib/texts/texts.ts'
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
        <ErrorState title={texts.insights.figuresCouldNotRead} error={error} onRetry={() => void refetch()} />
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
        title={texts.insights.throughput}
        summary={texts.insights.cardFinishedByWeek(finished)}
        empty={texts.insights.noCardFinishedInTime}
        heads={[texts.insights.week, texts.insights.finishedCards]}
        counts={data.throughput.map(({ week, count }) => ({ name: shortDay(week), count }))}
      />
      <CountChart
        title={texts.insights.rework}
        summary={texts.insights.runNeededOneRoundOnly(once, executions)}
        empty={texts.insights.noAgentFinishedInTime}
        heads={[texts.insights.rounds, texts.insights.runs]}
        counts={data.rework.map(({ rounds, count }) => ({ name: String(rounds), count }))}
      />
      <CostChart cost={data.cost} />
    </div>
  )
}
