import { getTableColumns, sql } from 'drizzle-orm'
import { tasks } from '../schema/boards.ts'

const {
  deleted_at: _trashed,
  description,
  acceptance_criteria: _criteria,
  ...columns
} = getTableColumns(tasks)

/** What a card tells of its row without its bodies. Selected by name, so that thousands need not be parsed one by one. */
export const cardColumns = {
  ...columns,
  has_description: sql<boolean>`${description} is not null and ${description} <> ''`.as('has_description'),
}
