import { Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { UsageBy, UsageRow } from '#shared/budget.ts'
import { copyText } from '../../lib/copy-text.ts'
import { formatCost, formatCount, formatWhole } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useToday } from '../../lib/today.ts'
import { Button } from '../../ui/button.tsx'
import { Callout, ErrorState } from '../../ui/notice.tsx'
import { PageFrame, PageHead } from '../../ui/page-frame.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { AXIS, costTick, GRID, HEIGHT, MARGIN, shortDay, TOOLTIP } from './chart-parts.tsx'
import { ChartSection } from './chart-section.tsx'
import styles from './insights.module.css'
import { InsightsSkeleton } from './insights-skeleton.tsx'
import { lastDays, type Range, RangePicker } from './range-picker.tsx'
import { usageCsv } from './usage-csv.ts'
import { useUsage } from './use-usage.ts'

const WAYS: readonly { value: UsageBy; label: string }[] = [
  { value: 'day', label: texts.insights.day },
  { value: 'model', label: texts.insights.model },
  { value: 'board', label: texts.insights.board },
  { value: 'provider', label: texts.insights.agent },
  { value: 'task', label: texts.insights.card },
]

const FIRST_RANGE = 30
/** So many bars can be told apart. */
const MOST_BARS = 20

/** What models used and cost, of all boards; `children` are the limits that bind it. */
export function UsagePage({ children }: { children: ReactNode }) {
  const today = useToday()
  const [range, setRange] = useState<Range>(() => lastDays(FIRST_RANGE, today))
  const [by, setBy] = useState<UsageBy>('day')
  const { data, error, refetch, isPlaceholderData } = useUsage({ by, ...range })
  return (
    <PageFrame label={texts.insights.usage} width={1120} isBusy={isPlaceholderData}>
      <PageHead title={texts.insights.usage}>
        <Segmented label={texts.insights.by} value={by} choices={WAYS} onChange={setBy} />
        <Button
          icon={<Copy />}
          disabled={!data || data.length === 0}
          onClick={() => void copyText(usageCsv(by, data ?? []), texts.insights.tableCopiedAsCsv)}
        >
          {texts.insights.copyAsCsv}
        </Button>
      </PageHead>
      <RangePicker range={range} today={today} onChange={setRange} />
      {error && !data ? (
        <ErrorState title={texts.insights.usageCouldNotRead} error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <UsageFigures by={by} rows={data} />
      ) : (
        <InsightsSkeleton />
      )}
      {children}
    </PageFrame>
  )
}

function UsageFigures({ by, rows }: { by: UsageBy; rows: readonly UsageRow[] }) {
  const cost = rows.reduce((sum, row) => sum + row.cost_usd, 0)
  const calls = rows.reduce((sum, row) => sum + row.calls, 0)
  const unpriced = rows.reduce((sum, row) => sum + row.unpriced_calls, 0)
  const isEstimate = rows.some((row) => row.is_estimate)
  const name = (row: UsageRow) => (by === 'day' ? shortDay(row.key) : row.label)
  const bars = rows.slice(0, by === 'day' ? undefined : MOST_BARS)
  return (
    <div className={styles.charts}>
      <ChartSection
        title={texts.insights.costBy(WAYS.find(({ value }) => value === by)?.label.toLowerCase() ?? by)}
        summary={texts.insights.inAllSomeEstimated(formatCost(cost) ?? '', isEstimate, calls)}
        empty={rows.length === 0 ? texts.insights.noModelCalledInTime : null}
        table={{
          heads: [
            headOf(by),
            texts.insights.cost,
            texts.insights.calls,
            texts.insights.tokens,
            texts.insights.fromCache,
            texts.insights.tokensOut,
          ],
          rows: (by === 'day' ? rows.toReversed() : rows).map((row) => [
            name(row),
            `${row.is_estimate ? '≈ ' : ''}${formatCost(row.cost_usd) ?? ''}`,
            formatWhole(row.calls),
            formatCount(row.usage.input + row.usage.cache_write),
            formatCount(row.usage.cache_read),
            formatCount(row.usage.output),
          ]),
        }}
      >
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <BarChart
            data={bars.map((row) => ({ name: name(row), cost: row.cost_usd }))}
            margin={{ ...MARGIN, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid {...GRID} />
            <XAxis dataKey="name" minTickGap={24} {...AXIS} />
            <YAxis tickFormatter={(value) => costTick(Number(value))} {...AXIS} />
            <Tooltip {...TOOLTIP} formatter={(value) => formatCost(Number(value)) ?? ''} />
            <Bar
              dataKey="cost"
              name={texts.insights.cost}
              fill="var(--accent)"
              maxBarSize={48}
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
      </ChartSection>
      {unpriced > 0 && (
        <Callout tone="warn" title={texts.insights.callWithoutPrice(unpriced)}>
          {texts.insights.sumsLeaveThemOut}
        </Callout>
      )}
    </div>
  )
}

function headOf(by: UsageBy): string {
  return WAYS.find(({ value }) => value === by)?.label ?? by
}
