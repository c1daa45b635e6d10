import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { AXIS, GRID, HEIGHT, MARGIN, TOOLTIP } from './chart-parts.tsx'
import { ChartSection } from './chart-section.tsx'

interface CountChartProps {
  title: string
  summary: string
  empty: string
  /** What is counted, and by what. */
  heads: readonly [by: string, counted: string]
  counts: readonly { name: string; count: number }[]
}

/** How many of something there were of each kind. */
export function CountChart({ title, summary, empty, heads, counts }: CountChartProps) {
  return (
    <ChartSection
      title={title}
      summary={summary}
      empty={counts.every(({ count }) => count === 0) ? empty : null}
      table={{ heads, rows: counts.map(({ name, count }) => [name, count]) }}
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart data={[...counts]} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid {...GRID} />
          <XAxis dataKey="name" minTickGap={16} {...AXIS} />
          <YAxis allowDecimals={false} {...AXIS} />
          <Tooltip {...TOOLTIP} />
          <Bar
            dataKey="count"
            name={heads[1]}
            fill="var(--accent)"
            radius={[3, 3, 0, 0]}
            maxBarSize={48}
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </ChartSection>
  )
}
