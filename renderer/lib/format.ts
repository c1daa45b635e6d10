import type { Usage } from '#shared/provider.ts'
import { locale, numberFormat } from './locale.ts'
import { FORMAT } from './texts/format.ts'

const compact = numberFormat({ notation: 'compact', maximumFractionDigits: 1 })
const whole = numberFormat()

/** 950, 12.4K, 1.2M. */
export function formatCount(value: number): string {
  return compact().format(value)
}

/** 12,345. */
export function formatWhole(value: number): string {
  return whole().format(value)
}

/** All tokens that were paid for, cached ones among them. */
export function totalTokens(usage: Usage): number {
  return usage.input + usage.output + usage.cache_read + usage.cache_write
}

/** $0.04; small sums keep two telling digits; null when the price is not known. */
export function formatCost(usd: number | null): string | null {
  if (usd === null) return null
  if (usd === 0) return '$0.00'
  if (usd < 0.01) return '<$0.01'
  return `$${usd.toFixed(2)}`
}

/** $0.0012 where formatCost says <$0.01, so that a limit and what is spent of it can be told apart. */
export function formatExactCost(usd: number): string {
  if (usd === 0 || usd >= 0.01) return `$${usd.toFixed(2)}`
  return `$${usd.toLocaleString('en-US', { maximumSignificantDigits: 2, useGrouping: false })}`
}

/** 0.4 s, 12 s, 3 m 05 s, 1 h 02 m. */
export function formatDuration(ms: number): string {
  if (ms < 950) return FORMAT.seconds((Math.max(0, ms) / 1000).toFixed(1))
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return FORMAT.seconds(String(seconds))
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return FORMAT.minutes(minutes, String(seconds % 60).padStart(2, '0'))
  return FORMAT.hours(Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0'))
}

/** "just now", "5 min ago", "3 h ago", then the date. */
export function formatAgo(date: Date, now: number): string {
  const minutes = Math.floor((now - date.getTime()) / 60_000)
  if (minutes < 1) return FORMAT.justNow
  if (minutes < 60) return FORMAT.minutesAgo(minutes)
  if (minutes < 24 * 60) return FORMAT.hoursAgo(Math.floor(minutes / 60))
  return date.toLocaleDateString(locale(), { day: 'numeric', month: 'short', year: 'numeric' })
}

/** 512 B, 8.4 MB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** power
  return `${power > 0 && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[power]}`
}

/** "3 May 2026, 14:05:09", as the system writes it. */
export function formatMoment(date: Date): string {
  return date.toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'medium' })
}

/** "1 file", "3 files". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatWhole(count)} ${count === 1 ? one : many}`
}
