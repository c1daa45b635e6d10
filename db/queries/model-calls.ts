import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { PgInsertValue } from 'drizzle-orm/pg-core'
import type { Db } from '../client.ts'
import { modelCalls } from '../schema/agents.ts'

export type NewModelCall = PgInsertValue<typeof modelCalls>

/** A number for a call that may be written down more than once. */
export async function reserveModelCall(db: Db): Promise<bigint> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select nextval(pg_get_serial_sequence('model_calls', 'id'))::text as id`,
  )
  return BigInt(rows[0]?.id ?? 0)
}

/** Writes a call down; one with a number anew, where it was before. */
export async function saveModelCall(db: Db, values: NewModelCall): Promise<void> {
  const insert = db.insert(modelCalls).values(values)
  if (values.id === undefined) await insert
  else await insert.onConflictDoUpdate({ target: modelCalls.id, set: NEWEST })
}

/** All that is told of a call but when it began. */
const NEWEST: Record<string, SQL> = Object.fromEntries(
  Object.entries(getTableColumns(modelCalls))
    .filter(([name]) => name !== 'id' && name !== 'created_at')
    .map(([name]) => [name, sql`excluded.${sql.identifier(name)}`]),
)
