import { dateFormat } from '../../lib/locale.ts'

/** What all charts look alike in; recharts takes it as properties. */
export const AXIS = {
  stroke: 'var(--border-strong)',
  tick: { fill: 'var(--text-faint)', fontSize: 11 },
  tickLine: false,
} as const

export const GRID = { stroke: 'var(--border-faint)', vertical: false } as const

export const TOOLTIP = {
  isAnimationActive: false,
  cursor: { fill: 'var(--bg-hover)', stroke: 'var(--border-strong)' },
  contentStyle: {
    border: '1px solid var(--border)',
    borderRadius: 8,
    background: 'var(--bg-raised)',
    boxShadow: 'var(--shadow-raised)',
    fontSize: 12,
  },
  labelStyle: { color: 'var(--text-soft)' },
  itemStyle: { color: 'var(--text)', padding: 0 },
} as const

export const MARGIN = { top: 8, right: 12, bottom: 0, left: -12 } as const

export const HEIGHT = 240

/** Of series that have no colour of their own; each differs from its neighbours in lightness too. */
const SERIES = ['var(--mute-dot)', 'var(--run-dot)', 'var(--done-dot)', 'var(--good-dot)', 'var(--warn-dot)']

export function seriesColor(index: number): string {
  return SERIES[index % SERIES.length] ?? 'var(--accent)'
}

const day = dateFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' })

/** 2026-05-03 as people write it: 3 May. */
export function shortDay(value: string): string {
  return day().format(new Date(`${value}T00:00:00Z`))
}

/** US dollars at an axis: with as many decimals as tell small costs apart. */
export function costTick(usd: number): string {
  return `$${usd === 0 || usd >= 0.1 ? usd.toFixed(2) : usd.toPrecision(2)}`
}
