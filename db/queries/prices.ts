import { asc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { modelPrices } from '../schema/agents.ts'

export type PriceRow = typeof modelPrices.$inferSelect
type NewPrice = Omit<typeof modelPrices.$inferInsert, 'id' | 'created_at' | 'updated_at'>

/** People's own prices, by model. */
export async function listPrices(db: Db): Promise<PriceRow[]> {
  return db.select().from(modelPrices).orderBy(asc(modelPrices.model))
}

/** People's own prices of these models, those that there are. */
export async function findPrices(db: Db, models: readonly string[]): Promise<PriceRow[]> {
  return db
    .select()
    .from(modelPrices)
    .where(inArray(modelPrices.model, [...models]))
}

export async function savePrice(tx: Db, values: NewPrice): Promise<PriceRow> {
  const { model, ...rest } = values
  const [row] = await tx
    .insert(modelPrices)
    .values(values)
    .onConflictDoUpdate({ target: modelPrices.model, set: rest })
    .returning()
  if (!row) throw new Error('The price was not returned')
  return row
}

/** Back to the app's own. */
export async function removePrice(tx: Db, model: string): Promise<void> {
  await tx.delete(modelPrices).where(eq(modelPrices.model, model))
}
