import { expect, test } from 'vitest'
import { costOf } from '#electron/providers/pricing.ts'

const million = 1_000_000
const usage = { input: million, output: million, cache_read: million, cache_write: million }

test('a call costs the sum of its four kinds of tokens', () => {
  expect(costOf('claude-opus-5-5', usage)).toBeCloseTo(4 + 20 + 0.2 + 5)
  expect(costOf('claude-sonnet-4-5-20250929', usage)).toBeCloseTo(3 + 15 + 0.3 + 3.75)
})

test('a long prompt costs more where the list says so', () => {
  const short = { input: 90_000, output: 1000, cache_read: 10_000, cache_write: 0 }
  const long = { ...short, cache_read: 10_001 }
  expect(costOf('claude-haiku-5-5', short)).toBeCloseTo((90_000 * 0.1 + 1000 * 0.5 + 10_000 * 0.01) / million)
  expect(costOf('claude-haiku-5-5', long)).toBeCloseTo((90_000 * 0.5 + 1000 * 2.5 + 10_001 * 0.05) / million)
})

test('models of others have a price, also when they are dated', () => {
  expect(costOf('gpt-5.4-2026-03-05', { ...usage, cache_read: 0, cache_write: 0 })).toBeCloseTo(5 + 22.5)
  expect(costOf('gpt-5.5', { input: 1000, output: 100, cache_read: 0, cache_write: 0 })).toBeCloseTo(0.008)
})

test('the price of a model that is not on the list is unknown', () => {
  expect(costOf('claude-opus-9', usage)).toBeNull()
  expect(costOf('claude-opus-5-5-turbo', usage)).toBeNull()
})

test('what is served in a dearer tier costs what that tier costs, and the most where nobody has said it', () => {
  const call = { input: million, output: million, cache_read: 0, cache_write: 0 }
  expect(costOf('claude-opus-5-5', { ...call, tier: 'fast' })).toBeCloseTo(8 + 40)
  expect(costOf('claude-opus-4-6', { ...call, tier: 'fast' })).toBeCloseTo(30 + 150)
  expect(costOf('claude-sonnet-5-5', { ...call, tier: 'fast' })).toBeCloseTo(6 * 12)
  const short = { input: 10_000, output: 1000, cache_read: 10_000, cache_write: 0, tier: 'priority' as const }
  expect(costOf('gpt-5.5', short)).toBeCloseTo((10_000 * 12.5 + 1000 * 75 + 10_000 * 1.25) / million)
  expect(costOf('gpt-5.4', short)).toBeCloseTo((10_000 * 5 + 1000 * 30 + 10_000 * 0.5) / million)
})
