import { useMemo } from 'react'
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Column } from '#shared/column.ts'
import type { Insights } from '#shared/insights.ts'
import { texts } from '../../lib/texts/texts.ts'
import { AXIS, GRID, HEIGHT, MARGIN, seriesColor, shortDay, TOOLTIP } from './chart-parts.tsx'
import { ChartSection } from './chart-section.tsx'

interface FlowChartProps {
  flow: Insights['flow']
  /** In their order. */
  columns: readonly Column[]
}

/** How many cards lay in each column day by day: a band that widens is where work piles up. */
export function FlowChart({ flow, columns }: FlowChartProps) {
  const rows = useMemo(() => sinceFirstCard(byDay(flow)), [flow])
  const shown = columns.filter(({ id }) => flow.some((one) => one.column_id === id && one.count > 0))
  const colorOf = (column: Column) => column.color ?? seriesColor(columns.indexOf(column))
  const last = rows.at(-1)
  const open = shown.filter((column) => !column.is_end_column)
  const inWork = open.reduce((sum, { id }) => sum + Number(last?.[id] ?? 0), 0)
  return (
    <ChartSection
      title={texts.insights.cumulativeFlow}
      summary={texts.insights.cardNotDone(inWork)}
      empty={shown.length === 0 ? texts.insights.thereNoCardsInTime : null}
      table={{
        heads: [texts.insights.day, ...shown.map(({ name }) => name)],
        colors: [null, ...shown.map(colorOf)],
        rows: rows.toReversed().map((row) => [shortDay(row.day), ...shown.map(({ id }) => row[id] ?? 0)]),
      }}
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <AreaChart data={rows} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid {...GRID} />
          <XAxis dataKey="day" tickFormatter={shortDay} minTickGap={32} {...AXIS} />
          <YAxis allowDecimals={false} {...AXIS} />
          <Tooltip {...TOOLTIP} labelFormatter={(label) => shortDay(String(label))} />
          {shown.toReversed().map((column) => (
            <Area
              key={column.id}
              dataKey={column.id}
              name={column.name}
              stackId="flow"
              type="step"
              isAnimationActive={false}
              stroke={colorOf(column)}
              fill={colorOf(column)}
              fillOpacity={0.55}
            />
          ))}
        </AreaChart>
      </ResponsiveContainer>
    </ChartSection>
  )
}

/** Without the days before the board had a card, but for the last of them. */
function sinceFirstCard(rows: readonly FlowRow[]): readonly FlowRow[] {
  const first = rows.findIndex((row) =>
    Object.values(row).some((value) => typeof value === 'number' && value > 0),
  )
  return rows.slice(Math.max(0, first - 1))
}

type FlowRow = { day: string } & Record<string, number | string>

function byDay(flow: Insights['flow']): FlowRow[] {
  const rows = new Map<string, FlowRow>()
  for (const { day, column_id, count } of flow) {
    const row = rows.get(day) ?? { day }
    row[column_id] = count
    rows.set(day, row)
  }
  return [...rows.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1))
}
