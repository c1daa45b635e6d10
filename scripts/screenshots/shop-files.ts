/** A small shop, as the pictures show it. */
export const SHOP_FILES = {
  'package.json':
    '{ "name": "shop", "type": "module", "private": true, "scripts": { "test": "node --test" } }\n',
  'README.md': '# Shop\n\nCart, catalogue and orders of a small shop.\n',
  'src/cart/total.js': `import { discountOf } from './discount.js'

const TAX = 0.19

/** What the customer pays for a cart. */
export function totalOf(cart) {
  let sum = 0
  for (const line of cart.lines) {
    sum += line.price * line.quantity
  }
  const taxed = sum * (1 + TAX)
  return taxed - discountOf(cart, taxed)
}

export function format(total) {
  return \`€ \${total}\`
}
`,
  'src/cart/discount.js': `/** What is taken off a sum. */
export function discountOf(cart, sum) {
  return cart.coupon ? sum * cart.coupon.share : 0
}
`,
  'src/catalogue/list.js': `import { stockOf } from './stock.js'

/** Products of a page, with their stock. */
export async function listProducts(store, page) {
  const products = await store.products(page)
  for (const product of products) product.stock = await stockOf(store, product.id)
  return products
}
`,
  'src/catalogue/stock.js': `export async function stockOf(store, id) {
  const row = await store.stock(id)
  return row?.count ?? 0
}
`,
  'src/orders/submit.js': `/** Sends an order to the warehouse. */
export async function submit(order, warehouse) {
  await warehouse.post('/orders', order)
  return { ...order, state: 'sent' }
}
`,
  'test/total.test.js': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { totalOf } from '../src/cart/total.js'

test('adds up lines', () => {
  assert.equal(Math.round(totalOf({ lines: [{ price: 10, quantity: 2 }] }) * 100), 2380)
})
`,
}

/** The labels of its board. */
export const SHOP_LABELS = [
  { name: 'Bug', color: '#e5484d' },
  { name: 'Checkout', color: '#0090ff' },
  { name: 'Catalogue', color: '#30a46c' },
  { name: 'Bookkeeping', color: '#f5a623' },
] as const

interface ShopCard {
  title: string
  priority: 'urgent' | 'high' | 'medium' | 'low' | null
  text?: string
  labels?: readonly (typeof SHOP_LABELS)[number]['name'][]
  /** Days from the day of the picture. */
  due?: number
  points?: number
  assignee?: 'Ada Lovelace' | 'Grace Hopper'
}

const CARDS = [
  {
    title: 'Round totals to cents',
    priority: 'high',
    text: 'A cart of three items at € 0.10 shows `€ 0.35700000000000004`. Totals are whole cents, **rounded half up**, wherever they are shown.',
    labels: ['Bug', 'Checkout'],
    due: 1,
    points: 2,
    assignee: 'Ada Lovelace',
  },
  {
    title: 'Keep the cart between visits',
    priority: 'medium',
    text: 'Store it for 30 days.',
    labels: ['Checkout'],
    due: 2,
  },
  {
    title: 'Block double orders',
    priority: 'urgent',
    text: 'A second press within a minute must not order again.',
    labels: ['Bug', 'Checkout'],
    due: 0,
    assignee: 'Grace Hopper',
  },
  { title: 'Import prices from CSV', priority: 'medium', labels: ['Catalogue'], due: 4 },
  { title: 'Sort reviews by date', priority: 'low', labels: ['Catalogue'], due: -2 },
  { title: 'Refuse e-mail addresses without a domain', priority: null, labels: ['Bug'], due: -3 },
  {
    title: 'Apply discounts before tax',
    priority: 'high',
    text: 'The discount is taken off the net sum, as the bookkeeper asks.',
    labels: ['Bug', 'Bookkeeping'],
    due: 3,
    points: 3,
    assignee: 'Ada Lovelace',
  },
  {
    title: 'Speed up the product list',
    priority: 'high',
    text: 'One query for the stock of all products.',
    labels: ['Catalogue'],
    due: 5,
    points: 5,
  },
  { title: 'Show delivery dates', priority: 'medium', labels: ['Checkout'], due: 6, points: 2 },
  { title: 'Translate the checkout', priority: 'low', labels: ['Checkout'], due: 8 },
  { title: 'Ship to Switzerland', priority: 'medium', labels: ['Checkout', 'Bookkeeping'], due: 7 },
  { title: 'Show stock on the product page', priority: 'high', labels: ['Catalogue'], due: 4, points: 1 },
  {
    title: 'Send receipts as PDF',
    priority: 'medium',
    labels: ['Bookkeeping'],
    due: 9,
    points: 3,
    assignee: 'Grace Hopper',
  },
  { title: 'Forgive typos in the search', priority: null, labels: ['Catalogue'] },
  { title: 'Export orders for the bookkeeper', priority: 'low', labels: ['Bookkeeping'], due: 11 },
  { title: 'Warn before a session ends', priority: null },
] as const satisfies readonly ShopCard[]

/** The cards, in the order in which they are written. */
export const SHOP_CARDS: readonly ShopCard[] = CARDS

export type ShopTitle = (typeof CARDS)[number]['title']
