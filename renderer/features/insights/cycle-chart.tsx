import {
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { Insights } from '#shared/insights.ts'
import { texts } from '../../lib/texts/texts.ts'
import { dayOf } from '../../lib/today.ts'
import { AXIS, days, GRID, HEIGHT, MARGIN, shortDay, TOOLTIP } from './chart-parts.tsx'
import { ChartSection } from './chart-section.tsx'

interface CycleChartProps {
  cycle: Insights['cycle']
  boardKey: string
}

/** How long each finished card took, and how long half and nearly all of them. */
export function CycleChart({ cycle, boardKey }: CycleChartProps) {
  const { p50_days: p50, p85_days: p85, cards } = cycle
  const points = cards.map((card) => ({
    at: card.finished_at.getTime(),
    days: card.days,
    name: `${boardKey}-${card.number} ${card.title}`,
  }))
  const told = p50 === null || p85 === null ? '' : texts.insights.halfCardsTook(days(p50), days(p85))
  const line = (value: number, label: string) => (
    <ReferenceLine
      y={value}
      stroke="var(--text-faint)"
      strokeDasharray="4 4"
      label={{ value: label, position: 'insideTopRight', fill: 'var(--text-soft)', fontSize: 11 }}
    />
  )
  return (
    <ChartSection
      title={texts.insights.cycleTime}
      summary={told}
      empty={points.length === 0 ? texts.insights.noCardFinishedInTime : null}
      table={{
        heads: [texts.insights.card, texts.insights.finished, texts.insights.took],
        rows: cards
          .toSorted((a, b) => b.days - a.days)
          .map((card) => [`${boardKey}-${card.number}`, shortDay(dayOf(card.finished_at)), days(card.days)]),
      }}
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <ScatterChart margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid {...GRID} />
          <XAxis
            dataKey="at"
            type="number"
            domain={['dataMin', 'dataMax']}
            tickFormatter={(value) => shortDay(dayOf(Number(value)))}
            minTickGap={32}
            {...AXIS}
          />
          <YAxis
            dataKey="days"
            name={texts.insights.days}
            domain={[0, (most: number) => Math.max(1, Math.ceil(most))]}
            {...AXIS}
          />
          <Tooltip
            {...TOOLTIP}
            content={({ payload }) => {
              const point = payload?.[0]?.payload as (typeof points)[number] | undefined
              return point ? (
                <div style={{ ...TOOLTIP.contentStyle, padding: 10, maxWidth: 280 }}>
                  {point.name}
                  <br />
                  {days(point.days)}
                </div>
              ) : null
            }}
          />
          {p50 !== null && line(p50, `50 %: ${days(p50)}`)}
          {p85 !== null && p85 !== p50 && line(p85, `85 %: ${days(p85)}`)}
          <Scatter data={points} fill="var(--accent)" fillOpacity={0.7} isAnimationActive={false} />
        </ScatterChart>
      </ResponsiveContainer>
    </ChartSection>
  )
}
