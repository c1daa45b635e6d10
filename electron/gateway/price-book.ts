import type { Db } from '#db/client.ts'
import { findPrices } from '#db/queries/prices.ts'
import { listedPrice, type PricedModel, undated } from '../providers/pricing.ts'

/** What a model costs: as a person has set it, else as the app's own table has it; null: nobody knows. */
export async function findPrice(db: Db, model: string): Promise<PricedModel | null> {
  const own = await findPrices(db, [model, undated(model)])
  const row = own.find((one) => one.model === model) ?? own[0]
  const listed = listedPrice(model)
  if (!row) return listed
  const { input_usd, output_usd, cache_read_usd, cache_write_usd } = row
  return {
    price: {
      input: input_usd,
      output: output_usd,
      cacheRead: cache_read_usd,
      cacheWrite: cache_write_usd,
    },
    // People say what a model costs as usual.
    ...(listed?.tiers ? { tiers: listed.tiers } : {}),
  }
}
