import { setImmediate as breathe } from 'node:timers/promises'
import { stringify } from 'csv-stringify/sync'
import { spreadsheetText } from '#shared/spreadsheet-text.ts'
import type { Task } from '#shared/task.ts'
import type { BoardContent } from './board-content.ts'

const HEADINGS = [
  'key',
  'title',
  'column',
  'status',
  'priority',
  'assigned_to',
  'labels',
  'due_date',
  'estimate',
  'description',
  'acceptance_criteria',
  'archived_at',
  'created_at',
  'updated_at',
] as const

/** Spreadsheet programs take a file for UTF-8 only with this at its beginning. */
const MARK = '\ufeff'
/** Cards that are written at once; nothing else waits longer than they take. */
const BATCH = 250

/** RFC 4180. The library's own `escape_formulas` makes `=1` and `'=1` the same, so the texts are escaped by us. */
const options = { record_delimiter: 'windows', cast: { string: spreadsheetText } } as const

/** What a row tells of others than its card. */
type CsvContent = Pick<BoardContent, 'board' | 'columns' | 'labels' | 'people' | 'tasks'>

/** A row for each card. */
export async function* csvParts(content: CsvContent): AsyncGenerator<string> {
  const { board, tasks } = content
  const columns = new Map(content.columns.map((column) => [column.id, column.name]))
  const labels = new Map(content.labels.map((label) => [label.id, label.name]))
  const toRow = (task: Task) => [
    `${board.key}-${task.number}`,
    task.title,
    columns.get(task.column_id),
    task.status,
    task.priority,
    content.people.get(task.assigned_to?.replace(/^person:/, '') ?? '') ?? task.assigned_to,
    task.label_ids.flatMap((id) => labels.get(id) ?? []).join(', '),
    task.due_date,
    task.estimate,
    task.description,
    task.acceptance_criteria,
    task.archived_at?.toISOString(),
    task.created_at.toISOString(),
    task.updated_at.toISOString(),
  ]
  yield MARK + stringify([HEADINGS], options)
  for (let at = 0; at < tasks.length; at += BATCH) {
    yield stringify(tasks.slice(at, at + BATCH).map(toRow), options)
    await breathe()
  }
}
