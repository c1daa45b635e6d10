import { expect, it } from 'vitest'
import { parseAmount } from '../../../renderer/lib/parse-amount.ts'

it.each([
  ['1,000', 1000],
  ['12,000.50', 12_000.5],
  ['1,000,000', 1_000_000],
  ['0,50', 0.5],
  ['0,125', 0.125],
  ['2,5', 2.5],
  [' $ 3.20 ', 3.2],
  ['.5', 0.5],
  ['0', 0],
])('%s is %d dollars', (text, amount) => {
  expect(parseAmount(text)).toBe(amount)
})

it.each(['', '-1', '1e3', '0x10', '1.000,50', '1,00,000', 'ten', 'Infinity'])('“%s” is no amount', (text) => {
  expect(parseAmount(text)).toBeNaN()
})
