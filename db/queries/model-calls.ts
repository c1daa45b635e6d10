import type { PgInsertValue } from 'drizzle-orm/pg-core'
import type { Db } from '../client.ts'
import { modelCalls } from '../schema/agents.ts'

export type NewModelCall = PgInsertValue<typeof modelCalls>

export async function insertModelCall(db: Db, values: NewModelCall): Promise<void> {
  await db.insert(modelCalls).values(values)
}
