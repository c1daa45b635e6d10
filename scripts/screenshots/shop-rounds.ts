import type { Rule } from '../../test/fake-model-server/scenario.ts'
import type { ShopTitle } from './shop-files.ts'
import { approved, CHECK, create, plan, replace, requested, rule, used } from './shop-replies.ts'

const ROUND: ShopTitle = 'Round totals to cents'
/** Two rounds, the second approved. */
export const ROUND_RULES: Rule[] = [
  plan(
    ROUND,
    '## Goal\n\nTotals are whole cents, rounded half up.\n\n## Steps\n\n1. `src/cart/total.js`: count in cents and round once, at the end.\n2. `format` shows two decimals.\n3. Test sums that binary fractions get wrong.\n\n## Risk\n\nRounding each line would add up errors: round the sum only.',
    'src/cart/total.js',
    'src/cart/discount.js',
  ),
  rule(ROUND, 'develop', {
    turns: [
      {
        text: 'The sum is rounded once, after tax and discount.',
        tools: [
          replace(
            'src/cart/total.js',
            '  return taxed - discountOf(cart, taxed)\n',
            '  return Math.round((taxed - discountOf(cart, taxed)) * 100) / 100\n',
          ),
          replace('src/cart/total.js', `€ \${total}`, `€ \${total.toFixed(2)}`),
        ],
        ...used(9_100, 1_240),
      },
      { tools: [CHECK], ...used(10_300, 60, 9_000) },
      { text: 'Totals are rounded to cents and shown with two decimals.', ...used(10_900, 120, 10_000) },
    ],
  }),
  rule(ROUND, 'review', {
    times: 1,
    reply: requested(
      'Rounding is right for most carts, but 1.005 becomes 1.00, and no test shows the bug.',
      {
        severity: 'major',
        file: 'src/cart/total.js',
        line: 12,
        finding: '`1.005 * 100` is `100.49999999999999`, so half a cent is rounded down.',
        suggestion: 'Add `Number.EPSILON` before rounding, or count in cents from the start.',
      },
      {
        severity: 'minor',
        file: 'test/total.test.js',
        line: 5,
        finding: 'No test covers a sum that floating point gets wrong.',
        suggestion: 'Test three items at € 0.10 and one at € 1.005.',
      },
    ),
  }),
  rule(ROUND, 'fix', {
    turns: [
      {
        text: 'True: I round in a function of its own that handles half cents, and test both cases.',
        tools: [
          create(
            'src/cart/cents.js',
            '/** A sum in whole cents, half cents rounded up. */\nexport function toCents(sum) {\n  return Math.round((sum + Number.EPSILON) * 100) / 100\n}\n',
          ),
          replace(
            'src/cart/total.js',
            "import { discountOf } from './discount.js'\n",
            "import { toCents } from './cents.js'\nimport { discountOf } from './discount.js'\n",
          ),
          replace(
            'src/cart/total.js',
            'Math.round((taxed - discountOf(cart, taxed)) * 100) / 100',
            'toCents(taxed - discountOf(cart, taxed))',
          ),
          create(
            'test/cents.test.js',
            "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\nimport { toCents } from '../src/cart/cents.js'\n\ntest('rounds half a cent up', () => {\n  assert.equal(toCents(1.005), 1.01)\n})\n\ntest('forgets what floating point adds', () => {\n  assert.equal(toCents(0.1 + 0.1 + 0.1), 0.3)\n})\n",
          ),
        ],
        ...used(12_400, 1_610, 10_000),
      },
      { tools: [CHECK], ...used(13_800, 60, 12_400) },
      {
        text: 'Half cents are rounded up, and two tests say so. The check passes.',
        ...used(14_200, 140, 13_800),
      },
    ],
  }),
  rule(ROUND, 'review', {
    reply: approved('Totals are whole cents everywhere, half cents go up, and both are tested.'),
  }),
]

const TWICE: ShopTitle = 'Block double orders'
/** Rounds that are used up. */
export const TWICE_RULES: Rule[] = [
  plan(TWICE, '## Goal\n\nAn order is sent once.', 'src/orders/submit.js'),
  rule(TWICE, 'develop', {
    turns: [
      {
        text: 'I remember what was sent.',
        tools: [replace('src/orders/submit.js', '/** Sends', 'const sent = new Set()\n\n/** Sends')],
        ...used(7_000, 700),
      },
      { text: 'Orders are remembered while the app runs.', ...used(7_900, 90, 7_000) },
    ],
  }),
  rule(TWICE, 'fix', {
    reply: { text: 'The warehouse offers no way to tell; I need a decision.', ...used(8_100, 210, 7_000) },
  }),
  rule(TWICE, 'review', {
    reply: requested('Orders are forgotten at a restart, so a second one can still go out.', {
      severity: 'critical',
      file: 'src/orders/submit.js',
      line: 1,
      finding:
        'The set lives in memory: after a restart, or in a second process, the same order is sent again.',
      suggestion: 'Send an idempotency key to the warehouse, or keep sent orders in the database.',
    }),
  }),
]
