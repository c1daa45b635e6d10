import { useMemo } from 'react'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Insights } from '#shared/insights.ts'
import { providerName } from '#shared/provider.ts'
import { formatCost, formatCount } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { AXIS, costTick, GRID, HEIGHT, MARGIN, seriesColor, shortDay, TOOLTIP } from './chart-parts.tsx'
import { ChartSection } from './chart-section.tsx'

/** What agents cost day by day, and how many tokens that was. */
export function CostChart({ cost }: { cost: Insights['cost'] }) {
  const providers = [...new Set(cost.map(({ provider }) => provider))]
  const rows = useMemo(() => byDay(cost), [cost])
  const total = cost.reduce((sum, one) => sum + one.cost_usd, 0)
  const tokens = cost.reduce((sum, one) => sum + one.input_tokens + one.output_tokens, 0)
  return (
    <ChartSection
      title={texts.insights.costPerDay}
      summary={texts.insights.inAllForTokens(total, tokens)}
      empty={rows.length === 0 ? texts.insights.noAgentWorkedInTime : null}
      table={{
        heads: [
          texts.insights.day,
          texts.insights.agents,
          texts.insights.cost,
          texts.insights.tokens,
          texts.insights.tokensOut,
        ],
        rows: cost
          .toReversed()
          .map((one) => [
            shortDay(one.day),
            providerName(one.provider),
            formatCost(one.cost_usd) ?? '',
            formatCount(one.input_tokens),
            formatCount(one.output_tokens),
          ]),
      }}
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart data={rows} margin={{ ...MARGIN, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid {...GRID} />
          <XAxis dataKey="day" tickFormatter={shortDay} minTickGap={32} {...AXIS} />
          <YAxis tickFormatter={(value) => costTick(Number(value))} {...AXIS} />
          <Tooltip
            {...TOOLTIP}
            labelFormatter={(label) => shortDay(String(label))}
            formatter={(value) => formatCost(Number(value)) ?? ''}
          />
          {providers.map((provider, index) => (
            <Bar
              key={provider}
              dataKey={String(provider)}
              name={providerName(provider)}
              stackId="cost"
              fill={index === 0 ? 'var(--accent)' : seriesColor(index)}
              maxBarSize={48}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </ChartSection>
  )
}

/** By provider; keys are wider than providers' ids because the chart wants plain text. */
type CostRow = { day: string; [provider: string]: string | number }

function byDay(cost: Insights['cost']): CostRow[] {
  const rows = new Map<string, CostRow>()
  for (const { day, provider, cost_usd } of cost) {
    const row = rows.get(day) ?? { day }
    row[provider] = Number(row[provider] ?? 0) + cost_usd
    rows.set(day, row)
  }
  return [...rows.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1))
}
