import { asc, eq, inArray, sql } from 'drizzle-orm'
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

/** `claude-opus-5-5` of `claude-opus-5-5-20260101` and `claude-opus-5-5-latest`, as the app's own table has them. */
const UNDATED = sql`regexp_replace(regexp_replace(model, '-(\\d{8}|\\d{4}-\\d{2}-\\d{2})$', ''), '-latest$', '')`

/** Calls of a model whose price nobody knew get this one; gives how many there were. */
export async function priceUnpriced(tx: Db, row: PriceRow): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update model_calls set cost_usd = (
      input_tokens * ${row.input_usd}::float8 + output_tokens * ${row.output_usd}::float8
      + cache_read_tokens * ${row.cache_read_usd}::float8 + cache_write_tokens * ${row.cache_write_usd}::float8
    ) / 1000000
    where cost_usd is null and (model = ${row.model} or ${UNDATED} = ${row.model})`)
  return rowCount ?? 0
}

/** Models that were called in the last 90 days without a price, by name. */
export async function listUnpricedModels(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ model: string }>(sql`
    select distinct model from model_calls
    where cost_usd is null and created_at > now() - interval '90 days'
      and greatest(input_tokens, output_tokens, cache_read_tokens, cache_write_tokens) > 0
    order by model`)
  return rows.map((row) => row.model)
}
