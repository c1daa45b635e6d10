import type { Column } from '#shared/column.ts'
import { texts } from '../../lib/texts/texts.ts'

const NAMES: Readonly<Record<string, string>> = {
  open: texts.taskProperties.open,
  in_progress: texts.taskProperties.inProgress,
  in_review: texts.taskProperties.inReview,
  blocked: texts.taskProperties.blocked,
  done: texts.taskProperties.done,
  cancelled: texts.taskProperties.cancelled,
}

/** How people read a status; one that an import brought stands as it is. */
export function statusName(status: string): string {
  return Object.hasOwn(NAMES, status) ? (NAMES[status] ?? status) : status
}

type ColumnRoles = Pick<Column, 'name' | 'triggers_agents' | 'is_review_column' | 'is_end_column'>

/**
 * Whether a status says no more than the column in which the card lies: it is the first one, which nobody has changed,
 * that which agents give a card in such a column, or called the same.
 */
export function isPlainStatus(status: string, column: ColumnRoles | undefined): boolean {
  if (status === 'open') return true
  if (!column) return false
  const isOfRole =
    (status === 'in_progress' && column.triggers_agents) ||
    (status === 'in_review' && column.is_review_column) ||
    (status === 'done' && column.is_end_column)
  return isOfRole || statusName(status).toLowerCase() === column.name.trim().toLowerCase()
}
