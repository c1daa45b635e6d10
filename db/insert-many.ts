import { getTableName, type InferInsertModel, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Db } from './client.ts'
import { storable } from './storable.ts'

/**
 * Inserts many rows of one shape with one parameter: the rows as JSON. With a parameter for each value, building the
 * statement alone would hold up everything else for longer than the server needs for it. What the first row does not
 * name has its default.
 */
export async function insertMany<T extends PgTable>(
  tx: Db,
  table: T,
  rows: readonly InferInsertModel<T>[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = sql.join(
    Object.keys(first).map((name) => sql.identifier(name)),
    sql`, `,
  )
  const json = JSON.stringify(storable(rows))
  const record = sql.identifier(getTableName(table))
  await tx.execute(
    sql`insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${record}, ${json}::json)`,
  )
}
