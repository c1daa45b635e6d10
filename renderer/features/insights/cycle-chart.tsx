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
import { AXIS, GRID, HEIGHT, MARGIN, shortDay, TOOLTIP } from './chart-parts.tsx'
import { ChartSection } from './chart-section.tsx'
import { cycleAxis, cycleMarks, daysOf } from './cycle-scale.ts'
import { days } from './day-words.ts'

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
  const top = Math.max(...points.map((point) => point.days), 0)
  const axis = cycleAxis(top)
  const height = axis.ticks.at(-1) ?? 1
  const marks = p50 === null || p85 === null ? [] : cycleMarks(p50, p85, height)
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
            ticks={daysOf(points.map(({ at }) => at))}
            tickFormatter={(value) => shortDay(dayOf(Number(value)))}
            minTickGap={32}
            {...AXIS}
          />
          <YAxis
            dataKey="days"
            ticks={axis.ticks}
            domain={[0, height]}
            interval={0}
            tickFormatter={(value) => axis.name(Number(value))}
            width={72}
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
          {marks.map(({ at, text }) => (
            <ReferenceLine
              key={at}
              y={at}
              stroke="var(--text-faint)"
              strokeDasharray="4 4"
              label={{ value: text, position: 'insideBottomRight', fill: 'var(--text-soft)', fontSize: 11 }}
            />
          ))}
          <Scatter data={points} fill="var(--accent)" fillOpacity={0.7} isAnimationActive={false} />
        </ScatterChart>
      </ResponsiveContainer>
    </ChartSection>
  )
}
