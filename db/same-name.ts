import { type SQLWrapper, sql } from 'drizzle-orm'
import { nameKey } from '#shared/name-key.ts'

/** Whether the unique indexes on names take the two for one; they go by the locale of the database. */
export function isSameName(column: SQLWrapper, name: string) {
  return sql<boolean>`lower(${column}) = lower(${name})`
}

/**
 * The row that is called so for us, or for the database, which would refuse a second one. Looked for here because not every
 * database knows the case of every letter.
 */
export function findNamed<Row extends { name: string; is_same: boolean }>(
  rows: readonly Row[],
  name: string,
): Row | undefined {
  const key = nameKey(name)
  return rows.find((row) => row.is_same || nameKey(row.name) === key)
}
