import type { SortKey } from '#shared/board-query.ts'
import { texts } from '../../lib/texts/texts.ts'

export type ColumnKey =
  | 'key'
  | 'title'
  | 'column'
  | 'priority'
  | 'labels'
  | 'assignee'
  | 'due'
  | 'estimate'
  | 'agents'
  | 'created'
  | 'updated'

/** A column of the table. */
export interface TableColumn {
  key: ColumnKey
  title: string
  /** In CSS pixels, unless the person chose another. */
  width: number
  /** By what a press on its head sorts. */
  sort?: SortKey
  /** It cannot be hidden. */
  isFixed?: boolean
  isNumber?: boolean
}

export const TABLE_COLUMNS: readonly TableColumn[] = [
  { key: 'key', title: texts.table.key, width: 88, isFixed: true },
  { key: 'title', title: texts.table.title, width: 320, sort: 'title', isFixed: true },
  { key: 'column', title: texts.table.column, width: 130 },
  { key: 'priority', title: texts.table.priority, width: 110, sort: 'priority' },
  { key: 'labels', title: texts.table.labels, width: 180 },
  { key: 'assignee', title: texts.table.assignee, width: 140 },
  { key: 'due', title: texts.table.due, width: 120, sort: 'due' },
  { key: 'estimate', title: texts.table.estimate, width: 88, sort: 'estimate', isNumber: true },
  { key: 'agents', title: texts.table.agents, width: 150 },
  { key: 'created', title: texts.table.created, width: 120, sort: 'created' },
  { key: 'updated', title: texts.table.changed, width: 120, sort: 'updated' },
]

const NARROWEST = 64
const WIDEST = 900

/** How a person wants the table: only what differs from the columns above. */
export interface TableLayout {
  widths: Readonly<Record<string, number>>
  hidden: readonly string[]
}

/** The columns that are shown, as wide as the person wants them. */
export function shownColumns({ widths, hidden }: TableLayout): TableColumn[] {
  return TABLE_COLUMNS.filter(({ key, isFixed }) => isFixed || !hidden.includes(key)).map((column) => ({
    ...column,
    width: clampWidth(widths[column.key] ?? column.width),
  }))
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
}
