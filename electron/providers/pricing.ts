import type { Usage } from '#shared/provider.ts'

/** US dollars per million tokens. */
interface Price {
  input: number
  output: number
  cacheRead: number
  /** Entries that live for five minutes, the only ones we write. */
  cacheWrite: number
}

interface PricedModel {
  price: Price
  /** Prompts longer than this, cached tokens included, cost `price` instead. */
  longPrompt?: { tokens: number; price: Price }
}

/** The usual relation: writing costs a quarter more than input, reading a tenth. */
function usual(input: number, output: number, cacheRead = input / 10): Price {
  return { input, output, cacheRead, cacheWrite: input * 1.25 }
}

/** List prices of the Claude API, November 2026. */
const PRICES: Record<string, PricedModel> = {
  'claude-opus-5-5': { price: usual(4, 20, 0.2) },
  'claude-opus-5': { price: usual(5, 25) },
  'claude-opus-4-8': { price: usual(5, 25) },
  'claude-opus-4-7': { price: usual(5, 25) },
  'claude-opus-4-6': { price: usual(5, 25) },
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
}

/** An estimate of what one model call costs, in US dollars; null when the model's price is not known. */
export function costOf(model: string, usage: Usage): number | null {
  const known = lookUp(model)
  if (!known) return null
  const prompt = usage.input + usage.cache_read + usage.cache_write
  const isLong = known.longPrompt !== undefined && prompt > known.longPrompt.tokens
  const price = isLong && known.longPrompt ? known.longPrompt.price : known.price
  const millionths =
    usage.input * price.input +
    usage.output * price.output +
    usage.cache_read * price.cacheRead +
    usage.cache_write * price.cacheWrite
  return millionths / 1_000_000
}

/** `claude-opus-5-5` and its dated forms, but not a `claude-opus-5-6` that may cost something else. */
function lookUp(model: string): PricedModel | null {
  const undated = model.replace(/-\d{8}$/, '').replace(/-latest$/, '')
  return PRICES[undated] ?? null
}
