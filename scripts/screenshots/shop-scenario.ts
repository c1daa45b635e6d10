import type { Reply, Rule, Scenario } from '../../test/fake-model-server/scenario.ts'
import { RUNNING_RULES } from './shop-at-work.ts'
import { rule, small, used } from './shop-replies.ts'
import { ROUND_RULES, TWICE_RULES } from './shop-rounds.ts'

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
