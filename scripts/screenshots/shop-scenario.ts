import type { Reply, Rule, Scenario } from '../../test/fake-model-server/scenario.ts'
import type { ShopTitle } from './shop-files.ts'

const EDITOR = 'str_replace_based_edit_tool'
const PHASES = {
  plan: 'You are the architect',
  develop: 'You are the developer\\. Carry',
  review: 'You are the reviewer',
  fix: 'a reviewer has looked',
} as const

function rule(title: ShopTitle, phase: keyof typeof PHASES, rest: Omit<Rule, 'match'>): Rule {
  return { ...rest, match: { system: PHASES[phase], firstUser: title } }
}

function view(path: string) {
  return { name: EDITOR, input: { command: 'view', path } }
}

function create(path: string, text: string) {
  return { name: EDITOR, input: { command: 'create', path, file_text: text } }
}

function replace(path: string, old_str: string, new_str: string) {
  return { name: EDITOR, input: { command: 'str_replace', path, old_str, new_str } }
}

const CHECK = { name: 'run_check', input: {} }

/** Tokens of one model call. */
function used(
  input_tokens: number,
  output_tokens: number,
  cache_read_input_tokens = 0,
): Pick<Reply, 'usage'> {
  return { usage: { input_tokens, output_tokens, cache_read_input_tokens } }
}

/** Says the text so far and then nothing more, while the connection lives. */
function pause(text: string): Reply {
  // Two events come before the text, and each piece of it is one.
  return { text: `${text} …`, chunkChars: text.length, stall: { afterEvents: 4, pingEveryMs: 2_000 } }
}

function approved(summary: string): Reply {
  return { json: { status: 'APPROVED', summary, findings: [] }, ...used(9_400, 310, 21_000) }
}

interface Wanted {
  severity: 'critical' | 'major' | 'minor'
  file: string
  line: number
  finding: string
  suggestion: string
}

function requested(summary: string, ...findings: Wanted[]): Reply {
  return { json: { status: 'CHANGES_REQUESTED', summary, findings }, ...used(9_800, 640, 18_000) }
}

function plan(title: ShopTitle, text: string, ...looks: string[]): Rule {
  return rule(title, 'plan', {
    turns: [
      { text: 'I look at the code first.', tools: looks.map(view), ...used(6_200, 180) },
      { text, ...used(8_100, 620, 6_200) },
    ],
  })
}

/** One new file, approved at once. */
function small(title: ShopTitle, path: string, text: string, summary: string): Rule[] {
  return [
    plan(title, `## Goal\n\n${summary}\n\n1. Write \`${path}\`.\n2. Test it.`, 'README.md'),
    rule(title, 'develop', {
      turns: [
        { text: `I write \`${path}\`.`, tools: [create(path, text)], ...used(7_000, 900) },
        { tools: [CHECK], ...used(8_000, 60, 7_000) },
        { text: 'Written; the check passes.', ...used(8_300, 90, 8_000) },
      ],
    }),
    rule(title, 'review', { reply: approved(summary) }),
  ]
}

const ROUND: ShopTitle = 'Round totals to cents'
const ROUND_RULES: Rule[] = [
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
const TWICE_RULES: Rule[] = [
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

/** Cards that are at work when their picture is taken. */
const RUNNING_RULES: Rule[] = [
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

const CLEAR: Rule = {
  match: { system: 'who hands out the work' },
  reply: {
    json: { score: 92, summary: 'It says what is to be different.', questions: [] },
    ...used(900, 60),
  },
}

const GONE: Reply = { error: { type: 'not_found_error', message: 'model: claude-opus-5-5' } }

/** What the fake model server plays for the shop's cards. */
export const SHOP_SCENARIO: Scenario = {
  rules: [
    CLEAR,
    ...ROUND_RULES,
    ...small(
      'Keep the cart between visits',
      'src/cart/store.js',
      "const DAYS = 30\n\n/** Keeps a cart in the browser. */\nexport function keep(cart, storage, now) {\n  storage.setItem('cart', JSON.stringify({ cart, until: now + DAYS * 86_400_000 }))\n}\n",
      'The cart is kept for 30 days and forgotten after.',
    ),
    ...TWICE_RULES,
    rule('Import prices from CSV', 'plan', { reply: GONE }),
    ...small(
      'Sort reviews by date',
      'src/catalogue/reviews.js',
      '/** Newest first. */\nexport const byDate = (a, b) => b.date - a.date\n',
      'Reviews come newest first.',
    ),
    ...small(
      'Refuse e-mail addresses without a domain',
      'src/mail/validate.js',
      '/** Whether an address has a name and a domain. */\nexport const isAddress = (text) => /^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$/.test(text)\n',
      'Addresses without a domain are refused.',
    ),
    ...small(
      'Show stock on the product page',
      'src/catalogue/stock.js',
      "/** What the page says of the stock. */\nexport const stockText = (left) => (left > 0 ? left + ' in stock' : 'Sold out')\n",
      'The page says how many are left.',
    ),
    ...RUNNING_RULES,
  ],
}
