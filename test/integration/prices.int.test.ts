import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EndedCall } from '#electron/gateway/model-call.ts'
import { begin, call, eachUnspent, FREE, makeSubject, NEVER } from '../helpers/spending.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())
eachUnspent(() => app)

describe('prices', () => {
  it('are those of the app’s table, with where and when they were read, and people’s own in their place', async () => {
    const { subject } = await makeSubject(app)
    const list = await app.api.prices.list()
    const sonnet = list.find(({ model }) => model === 'claude-sonnet-5-5')
    expect(sonnet).toMatchObject({ input_usd: 2, output_usd: 10, is_edited: false })
    for (const price of list) {
      expect(price.source).not.toBe('')
      expect(price.as_of).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
    const own = {
      input_usd: 20,
      output_usd: 100,
      cache_read_usd: 1,
      cache_write_usd: 25,
      source: 'Our contract',
    }
    await app.api.prices.set({ model: 'claude-sonnet-5-5', ...own })
    const used = call(null, { usage: { ...FREE, output: 1000 } })
    expect(await (await begin(app, subject)).end(used)).toBeCloseTo(0.1)
    expect((await app.api.prices.list()).filter(({ model }) => model === 'claude-sonnet-5-5')).toMatchObject([
      { ...own, is_edited: true },
    ])
    expect(await app.api.prices.reset({ model: 'claude-sonnet-5-5' })).toEqual(sonnet)
    expect(await (await begin(app, subject)).end(used)).toBeCloseTo(0.01)
  })
})

describe('a model without a price', () => {
  const strange = (usage: EndedCall['usage']) => call(null, { model: 'strange-1-20260101', usage })

  it('has no cost, is counted as the dearest by budgets, and that is said', async () => {
    const { subject, notices, board } = await makeSubject(app)
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    const open = await app.ctx.meter.begin(subject, { model: 'strange-1-20260101' }, NEVER)
    expect(await open.end(strange({ ...FREE, output: 10_000 }))).toBeNull()
    expect(notices[0]).toContain('Nobody has said what strange-1-20260101 costs')
    const [budget] = await app.api.budgets.list({ board_id: board.id })
    expect(budget?.spent_usd).toBeCloseTo(0.5)
    expect(await app.api.prices.unpriced()).toEqual(['strange-1-20260101'])
  })

  it('gets one for its former calls too, once somebody has said it', async () => {
    const { subject, board } = await makeSubject(app)
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    await (await begin(app, subject, 'strange-1-20260101')).end(strange({ ...FREE, output: 10_000 }))
    const set = { model: 'strange-1', input_usd: 1, output_usd: 2, cache_read_usd: 0, cache_write_usd: 1 }
    const saved = await app.api.prices.set(set)
    expect(saved).toMatchObject({ ...set, source: 'Set by hand', is_edited: true })
    const [budget] = await app.api.budgets.list({ board_id: board.id })
    expect(budget?.spent_usd).toBeCloseTo(0.02)
    expect(
      await (await begin(app, subject, 'strange-1-20260101')).end(strange({ ...FREE, output: 1_000_000 })),
    ).toBe(2)
    expect(await app.api.prices.unpriced()).toEqual([])
    expect(await app.api.prices.reset({ model: 'strange-1' })).toBeNull()
  })
})
