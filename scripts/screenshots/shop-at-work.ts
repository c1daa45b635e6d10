import type { Rule } from '../../test/fake-model-server/scenario.ts'
import { CHECK, pause, plan, replace, requested, rule, small, used, view } from './shop-replies.ts'

/** Cards that are at work when their picture is taken. */
export const RUNNING_RULES: Rule[] = [
  plan(
    'Apply discounts before tax',
    '## Goal\n\nThe discount is taken off the net sum.',
    'src/cart/total.js',
  ),
  rule('Apply discounts before tax', 'develop', {
    turns: [
      {
        text: 'The order of the two steps has to change; first I look at who else calls `discountOf`.',
        tools: [view('src/cart/discount.js'), { name: 'search', input: { pattern: 'discountOf' } }],
        ...used(8_400, 320),
      },
      {
        tools: [
          replace(
            'src/cart/total.js',
            '  const taxed = sum * (1 + TAX)\n  return taxed - discountOf(cart, taxed)\n',
            '  const net = sum - discountOf(cart, sum)\n  return net * (1 + TAX)\n',
          ),
        ],
        ...used(9_900, 540, 8_400),
      },
      { tools: [CHECK], ...used(10_800, 60, 9_900) },
      {
        ...pause(
          'The check passes. Now a test with a coupon of 10 %: net € 90.00, with tax € 107.10, so that nobody swaps the two again',
        ),
        ...used(11_200, 80, 10_800),
      },
    ],
  }),
  plan('Speed up the product list', '## Goal\n\nOne query for all stock.', 'src/catalogue/list.js'),
  rule('Speed up the product list', 'develop', {
    turns: [
      {
        tools: [
          replace(
            'src/catalogue/list.js',
            '  for (const product of products) product.stock = await stockOf(store, product.id)\n',
            '  await Promise.all(products.map(async (one) => (one.stock = await stockOf(store, one.id))))\n',
          ),
        ],
        ...used(8_800, 500),
      },
      { text: 'All stock is asked for at once.', ...used(9_300, 90, 8_800) },
    ],
  }),
  rule('Speed up the product list', 'review', {
    reply: requested('It is still one query for each product, only all at the same time.', {
      severity: 'major',
      file: 'src/catalogue/list.js',
      line: 6,
      finding: 'A page of 100 products opens 100 queries at once.',
      suggestion: 'Add `store.stockOfAll(ids)` with one query.',
    }),
  }),
  rule('Speed up the product list', 'fix', {
    turns: [
      { text: 'One query it is.', tools: [view('src/catalogue/stock.js')], ...used(10_200, 200, 8_000) },
      { ...pause('I add stockOfAll, which reads the stock of a whole page'), ...used(10_900, 80, 10_200) },
    ],
  }),
  ...small(
    'Show delivery dates',
    'src/orders/delivery.js',
    '/** Two working days from now. */\nexport const DAYS = 2\n',
    'Delivery dates are shown.',
  ).slice(0, 2),
  rule('Show delivery dates', 'review', {
    turns: [
      {
        tools: [view('src/orders/delivery.js'), { name: 'search', input: { pattern: 'DAYS' } }],
        ...used(9_000, 160),
      },
      pause('Two working days is a promise of its own'),
    ],
  }),
  rule('Translate the checkout', 'plan', {
    turns: [
      {
        text: 'First, where texts come from.',
        tools: [{ name: 'list_files', input: {} }],
        ...used(5_900, 140),
      },
      {
        ...pause('Texts are written in the templates. The plan moves them to one file a language'),
        ...used(6_700, 80, 5_900),
      },
    ],
  }),
]
