import type { UsageBy, UsageRow } from '#shared/budget.ts'
import { spreadsheetText } from '#shared/spreadsheet-text.ts'

/** The table as a spreadsheet reads it; a text that it would take for a formula is marked as text. */
export function usageCsv(by: UsageBy, rows: readonly UsageRow[]): string {
  const heads = [
    by,
    'cost_usd',
    'estimate',
    'calls',
    'unpriced_calls',
    'input',
    'cache_write',
    'cache_read',
    'output',
  ]
  const lines = rows.map(({ key, label, cost_usd, is_estimate, calls, unpriced_calls, usage }) => [
    cell(by === 'day' ? key : label),
    String(cost_usd),
    String(is_estimate),
    String(calls),
    String(unpriced_calls),
    String(usage.input),
    String(usage.cache_write),
    String(usage.cache_read),
    String(usage.output),
  ])
  return [heads, ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}

function cell(text: string): string {
  const safe = spreadsheetText(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
