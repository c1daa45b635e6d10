import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBoard, refusalOf } from '../helpers/factories.ts'
import { call, eachUnspent, makeSubject, spend } from '../helpers/spending.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())
eachUnspent(() => app)

describe('usage', () => {
  const today = new Date().toISOString().slice(0, 10)
  const span = { from: today, to: today }

  it('is summed by day, model, board, provider and card', async () => {
    const payments = await makeBoard(app)
    const [one, two] = [await makeSubject(app, payments), await makeSubject(app, payments)]
    await spend(app, one.subject, 0.3)
    await spend(app, two.subject, 0.1)
    const agent = { ...two.subject, provider: 'claude-agent' as const }
    await app.ctx.meter.count(agent, call(0.5, { model: 'claude-opus-5-5', isEstimate: true, status: null }))
    await app.ctx.meter.count(two.subject, call(null, { model: 'strange-2' }))
    const summary = (by: 'day' | 'model' | 'board' | 'provider' | 'task') =>
      app.api.usage.summary({ by, ...span })
    const short = async (by: Parameters<typeof summary>[0]) =>
      (await summary(by)).map(({ label, calls, cost_usd, is_estimate, unpriced_calls }) => [
        label,
        calls,
        Number(cost_usd.toFixed(6)),
        is_estimate,
        unpriced_calls,
      ])
    expect(await short('day')).toEqual([[today, 4, 0.9, true, 1]])
    expect(await short('model')).toEqual([
      ['claude-opus-5-5', 1, 0.5, true, 0],
      ['claude-sonnet-5-5', 2, 0.4, false, 0],
      ['strange-2', 1, 0, true, 1],
    ])
    expect(await short('board')).toEqual([['Payments', 4, 0.9, true, 1]])
    expect(await short('provider')).toEqual([
      ['Claude Agent', 1, 0.5, true, 0],
      ['Claude', 3, 0.4, true, 1],
    ])
    expect((await short('task')).map(([, ...rest]) => rest)).toEqual([
      [3, 0.6, true, 1],
      [1, 0.3, false, 0],
    ])
    const [byTask] = await summary('task')
    expect(byTask).toMatchObject({ key: two.task.id, task_id: two.task.id, board_id: payments.board.id })
    const ofTask = await app.api.usage.ofTask({ task_id: two.task.id })
    expect(ofTask).toMatchObject({ calls: 3, is_estimate: true, unpriced_calls: 1, usage: { output: 3 } })
    expect(ofTask.parts.map(({ model, provider }) => [model, provider])).toEqual([
      ['claude-sonnet-5-5', 'anthropic'],
      ['claude-opus-5-5', 'claude-agent'],
      ['strange-2', 'anthropic'],
    ])
  })

  it('survives what it was spent on', async () => {
    const { subject, board } = await makeSubject(app)
    await spend(app, subject, 0.3)
    await app.ctx.db.execute(sql`delete from boards where id = ${board.id}`)
    const [row] = await app.api.usage.summary({ by: 'task', ...span })
    expect(row).toMatchObject({ key: 'none', label: 'Deleted cards', cost_usd: 0.3, task_id: null })
  })

  it('is of one board where one is named, of whole days, and refuses days that make no sense', async () => {
    const [here, there] = [await makeSubject(app), await makeSubject(app)]
    await spend(app, here.subject, 0.3)
    await spend(app, there.subject, 0.1)
    const ofBoard = await app.api.usage.summary({ by: 'day', ...span, board_id: here.board.id })
    expect(ofBoard).toMatchObject([{ key: today, cost_usd: 0.3 }])
    expect(await app.api.usage.summary({ by: 'day', from: '2020-01-01', to: '2020-01-31' })).toEqual([])
    const wrong = app.api.usage.summary({ by: 'day', from: '2026-02-01', to: '2026-01-01' })
    expect((await refusalOf(wrong)).code).toBe('BAD_REQUEST')
  })
})
