import { stringify } from 'csv-stringify/sync'
import type { Column } from '#shared/column.ts'
import type { Task } from '#shared/task.ts'

const HEADINGS = [
  'key',
  'title',
  'column',
  'status',
  'priority',
  'assigned_to',
  'description',
  'created_at',
  'updated_at',
] as const

/** Spreadsheet programs take a file for UTF-8 only with this at its beginning. */
const MARK = '\ufeff'

/**
 * RFC 4180. A text that a spreadsheet program would take for a formula (it begins with = + - @, tab or return) gets an
 * apostrophe in front: whoever opens the file must not run what somebody wrote on a card.
 */
const options = { record_delimiter: 'windows', escape_formulas: true } as const

export function csvHeadings(): string {
  return MARK + stringify([HEADINGS], options)
}

/** One row for each card. */
export function csvRows(key: string, columns: ReadonlyMap<string, Column>, tasks: readonly Task[]): string {
  const rows = tasks.map((task) => [
    `${key}-${task.number}`,
    task.title,
    columns.get(task.column_id)?.name ?? '',
    task.status,
    task.priority ?? '',
    task.assigned_to ?? '',
    task.description ?? '',
    task.created_at.toISOString(),
    task.updated_at.toISOString(),
  ])
  return rows.length === 0 ? '' : stringify(rows, options)
}
