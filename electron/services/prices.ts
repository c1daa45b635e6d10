import * as queries from '#db/queries/prices.ts'
import type { ModelPrice, SetModelPrice } from '#shared/budget.ts'
import { type ListedPrice, listedPrices } from '../providers/pricing.ts'
import { type BudgetContext, resumeStopped } from './budgets.ts'
import { changeSigned } from './change-board.ts'

/** The app's own table with people's prices in it, by model. */
export async function listPrices(ctx: Pick<BudgetContext, 'db'>): Promise<ModelPrice[]> {
  const own = await queries.listPrices(ctx.db)
  const edited = new Set(own.map(({ model }) => model))
  const listed = listedPrices().filter(({ model }) => !edited.has(model))
  const prices = [...own.map(present), ...listed.map(presentListed)]
  return prices.sort((a, b) => a.model.localeCompare(b.model))
}

/** Models that were called in the last 90 days and whose price nobody knows. */
export function listUnpriced(ctx: Pick<BudgetContext, 'db'>): Promise<string[]> {
  return queries.listUnpricedModels(ctx.db)
}

/** From now on a model costs this; calls of it whose price nobody knew get it too. */
export async function setPrice(ctx: BudgetContext, input: SetModelPrice): Promise<ModelPrice> {
  const as_of = ctx.now().toISOString().slice(0, 10)
  const { row, priced } = await changeSigned(ctx, async (tx) => {
    const row = await queries.savePrice(tx, { ...input, as_of })
    return { row, priced: await queries.priceUnpriced(tx, row) }
  })
  // Budgets had counted them as the dearest model.
  if (priced > 0) await resumeStopped(ctx, null)
  return present(row)
}

/** The app's own price again; null: it has none for this model. */
export async function resetPrice(ctx: BudgetContext, model: string): Promise<ModelPrice | null> {
  await changeSigned(ctx, (tx) => queries.removePrice(tx, model))
  const listed = listedPrices().find((one) => one.model === model)
  return listed ? presentListed(listed) : null
}

function present(row: queries.PriceRow): ModelPrice {
  const { model, input_usd, output_usd, cache_read_usd, cache_write_usd, source, as_of } = row
  return { model, input_usd, output_usd, cache_read_usd, cache_write_usd, source, as_of, is_edited: true }
}

function presentListed({
  model,
  input,
  output,
  cacheRead,
  cacheWrite,
  source,
  asOf,
}: ListedPrice): ModelPrice {
  return {
    model,
    input_usd: input,
    output_usd: output,
    cache_read_usd: cacheRead,
    cache_write_usd: cacheWrite,
    source,
    as_of: asOf,
    is_edited: false,
  }
}
