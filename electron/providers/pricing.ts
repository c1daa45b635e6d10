import type { Usage } from '#shared/provider.ts'

/** US dollars per million tokens. */
export interface Price {
  input: number
  output: number
  cacheRead: number
  /** Entries that live for five minutes; those that live for an hour cost `HOUR_CACHE` times as much. */
  cacheWrite: number
}

export interface PricedModel {
  price: Price
  /** Prompts longer than this, cached tokens included, cost `price` instead. */
  longPrompt?: { tokens: number; price: Price }
  /** So many times the price where the call is served in a dearer tier; absent: the most of any model of the table. */
  tiers?: Partial<Readonly<Record<PriceTier, number>>>
}

/** `fast`: Anthropic's fast mode. `priority`: OpenAI's priority processing. What is cheaper (flex, batch) counts as usual. */
export type PriceTier = 'fast' | 'priority'

/** Read on 2026-11-22: platform.claude.com (fast mode), openai.com/api-priority-processing. */
const DEAREST_TIER: Readonly<Record<PriceTier, number>> = { fast: 6, priority: 2.5 }

interface PriceList {
  source: string
  /** The day on which it was read, YYYY-MM-DD. */
  asOf: string
  models: Readonly<Record<string, PricedModel>>
}

/** What a call used, with what only its price depends on. */
export interface PricedUsage extends Usage {
  /** The part of `cache_write` that lives for an hour. */
  hour_cache_write?: number
  /** In which the API says that it has served it; absent: the usual one. */
  tier?: PriceTier | undefined
}

const HOUR_CACHE = 2 / 1.25

/** The usual relation at Anthropic: writing costs a quarter more than input, reading a tenth. */
function usual(input: number, output: number, cacheRead = input / 10): Price {
  return { input, output, cacheRead, cacheWrite: input * 1.25 }
}

/** Where keeping the prompt costs nothing more than sending it. */
function unkept(input: number, output: number, cacheRead: number): Price {
  return { input, output, cacheRead, cacheWrite: input }
}

const PRICE_LISTS: readonly PriceList[] = [
  {
    source: 'List prices of the Claude API',
    asOf: '2026-11-01',
    models: {
      'claude-opus-5-5': { price: usual(4, 20, 0.2), tiers: { fast: 2 } },
      'claude-opus-5': { price: usual(5, 25), tiers: { fast: 2 } },
      'claude-opus-4-8': { price: usual(5, 25), tiers: { fast: 2 } },
      'claude-opus-4-7': { price: usual(5, 25), tiers: { fast: 6 } },
      'claude-opus-4-6': { price: usual(5, 25), tiers: { fast: 6 } },
      'claude-opus-4-5': { price: usual(5, 25) },
      'claude-sonnet-5-5': { price: usual(2, 10, 0.1) },
      'claude-sonnet-5': { price: usual(2, 10) },
      'claude-sonnet-4-6': { price: usual(3, 15) },
      'claude-sonnet-4-5': { price: usual(3, 15) },
      'claude-haiku-5-5': {
        price: usual(0.1, 0.5),
        longPrompt: { tokens: 100_000, price: usual(0.5, 2.5) },
      },
      'claude-haiku-4-5': { price: usual(1, 5) },
      'claude-fable-5-1': { price: usual(10, 50) },
    },
  },
  {
    source: 'List prices of the OpenAI API',
    asOf: '2025-11-01',
    models: {
      'gpt-5': { price: unkept(1.25, 10, 0.125), tiers: { priority: 2 } },
      'gpt-5-codex': { price: unkept(1.25, 10, 0.125), tiers: { priority: 2 } },
      'gpt-5-mini': { price: unkept(0.25, 2, 0.025), tiers: { priority: 1.8 } },
      'gpt-5-nano': { price: unkept(0.05, 0.4, 0.005) },
      'gpt-4.1': { price: unkept(2, 8, 0.5), tiers: { priority: 1.75 } },
      'gpt-4.1-mini': { price: unkept(0.4, 1.6, 0.1) },
    },
  },
  {
    // OpenAI's own pages could not be read here; three independent tables of that month agree.
    source: 'List prices of the OpenAI API, as others report them',
    asOf: '2026-05-26',
    models: {
      'gpt-5.5': {
        price: unkept(5, 30, 0.5),
        longPrompt: { tokens: 272_000, price: unkept(10, 45, 1) },
      },
      'gpt-5.4': {
        price: unkept(2.5, 15, 0.25),
        tiers: { priority: 2 },
        longPrompt: { tokens: 272_000, price: unkept(5, 22.5, 0.5) },
      },
      'gpt-5.4-mini': { price: unkept(0.75, 4.5, 0.075), tiers: { priority: 2 } },
      'gpt-5.4-nano': { price: unkept(0.2, 1.25, 0.02) },
      'gpt-5.3-codex': { price: unkept(1.75, 14, 0.175) },
      'gpt-5.2-codex': { price: unkept(1.75, 14, 0.175) },
      'gpt-5.2': { price: unkept(1.75, 14, 0.175), tiers: { priority: 2 } },
      'gpt-5.1-codex': { price: unkept(1.25, 10, 0.125), tiers: { priority: 2 } },
      'gpt-5.1-codex-max': { price: unkept(1.25, 10, 0.125) },
    },
  },
  {
    source: 'List prices of the Gemini API',
    asOf: '2025-11-01',
    models: {
      'gemini-2.5-pro': {
        price: unkept(1.25, 10, 0.125),
        longPrompt: { tokens: 200_000, price: unkept(2.5, 15, 0.25) },
      },
      'gemini-2.5-flash': { price: unkept(0.3, 2.5, 0.03) },
      'gemini-2.5-flash-lite': { price: unkept(0.1, 0.4, 0.01) },
    },
  },
  {
    source: 'List prices of the Gemini API, as others report them',
    asOf: '2026-07-04',
    models: {
      'gemini-3.1-pro-preview': {
        price: unkept(2, 12, 0.2),
        longPrompt: { tokens: 200_000, price: unkept(4, 18, 0.4) },
      },
      'gemini-3-flash-preview': { price: unkept(0.5, 3, 0.05) },
    },
  },
]

/** A model of the app's own table, with where and when its price was read. */
export interface ListedPrice extends Price {
  model: string
  source: string
  asOf: string
}

/** The app's own table, in its order. */
export function listedPrices(): ListedPrice[] {
  return PRICE_LISTS.flatMap(({ source, asOf, models }) =>
    Object.entries(models).map(([model, { price }]) => ({ model, source, asOf, ...price })),
  )
}

/** The app's own price of a model; null when it has none. */
export function listedPrice(model: string): PricedModel | null {
  const name = undated(model)
  return (
    PRICE_LISTS.map(({ models }) => (Object.hasOwn(models, name) ? models[name] : undefined)).find(Boolean) ??
    null
  )
}

/** `claude-opus-5-5` for its dated forms too, but not for a `claude-opus-5-6` that may cost something else. */
export function undated(model: string): string {
  return model.replace(/-(?:\d{8}|\d{4}-\d{2}-\d{2})$/, '').replace(/-latest$/, '')
}

/**
 * What a budget counts for a model whose price nobody knows: in each kind of token the dearest of the app's table. Too
 * much rather than too little, since a limit that is passed unseen is none (docs/adr/0021).
 */
export const UNKNOWN_PRICE: Price = dearest(listedPrices())

function dearest(prices: readonly Price[]): Price {
  const most = (kind: keyof Price) => Math.max(...prices.map((price) => price[kind]))
  return {
    input: most('input'),
    output: most('output'),
    cacheRead: most('cacheRead'),
    cacheWrite: most('cacheWrite'),
  }
}

/** What one model call costs by the app's own table, in US dollars; null when the model's price is not known. */
export function costOf(model: string, usage: PricedUsage): number | null {
  const known = listedPrice(model)
  return known ? priceOf(known, usage) : null
}

/** What a call costs at a price, in US dollars. */
export function priceOf({ price: usualPrice, longPrompt, tiers }: PricedModel, usage: PricedUsage): number {
  const prompt = usage.input + usage.cache_read + usage.cache_write
  const price = longPrompt && prompt > longPrompt.tokens ? longPrompt.price : usualPrice
  const hour = usage.hour_cache_write ?? 0
  const millionths =
    usage.input * price.input +
    usage.output * price.output +
    usage.cache_read * price.cacheRead +
    (usage.cache_write - hour + hour * HOUR_CACHE) * price.cacheWrite
  const times = usage.tier ? (tiers?.[usage.tier] ?? DEAREST_TIER[usage.tier]) : 1
  return (millionths * times) / 1_000_000
}
