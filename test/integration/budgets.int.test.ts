import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelCallMeter } from '#electron/gateway/model-meter.ts'
import { makeBoard, refusalOf } from '../helpers/factories.ts'
import { begin, call, eachUnspent, makeSubject, NEVER, spend } from '../helpers/spending.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let other: TestApp
beforeAll(async () => {
  app = await openTestApp()
  other = await openTestApp({ beside: app })
})
afterAll(async () => {
  await other[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})
eachUnspent(() => app)

describe('a limit', () => {
  it('is set, changed and taken away; who did it is on the trail and in the feed', async () => {
    const { board } = await makeBoard(app)
    const set = (limit_usd: number | null) =>
      app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd })
    expect(await set(5)).toEqual([{ board_id: board.id, period: 'month', limit_usd: 5, spent_usd: 0 }])
    await set(7.5)
    expect(await set(null)).toEqual([])
    const { rows } = await app.ctx.db.execute(sql`
      select action, actor_name from audit_logs where entity_type = 'budget' and board_id = ${board.id} order by id`)
    const name = app.ctx.actor().name
    expect(rows).toEqual([
      { action: 'create', actor_name: name },
      { action: 'update', actor_name: name },
      { action: 'purge', actor_name: name },
    ])
    expect((await app.api.audit.list({ board_id: board.id }))[0]?.entity_type).toBe('budget')
    const [newest] = await app.api.activity.list({ board_id: board.id, limit: 1 })
    expect(newest?.message).toBe('took away the budget for a month on the board “Payments”')
  })

  it('of all boards stands before those of one, and is refused when it is negative', async () => {
    const { board } = await makeBoard(app)
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 5 })
    await app.api.budgets.set({ board_id: null, period: 'month', limit_usd: 50 })
    const limits = (await app.api.budgets.list({ board_id: board.id })).map((one) => one.limit_usd)
    expect(limits).toEqual([50, 5])
    expect((await app.api.budgets.list({})).length).toBe(2)
    const refused = app.api.budgets.set({ board_id: null, period: 'month', limit_usd: -1 })
    expect((await refusalOf(refused)).code).toBe('BAD_REQUEST')
  })

  it.each(['execution', 'month', 'all'] as const)('of %s binds', async (scope) => {
    const { subject, board } = await makeSubject(app)
    await app.api.budgets.set({
      board_id: scope === 'all' ? null : board.id,
      period: scope === 'execution' ? 'execution' : 'month',
      limit_usd: 1,
    })
    await spend(app, subject, 0.6)
    await spend(app, subject, 0.6)
    await expect(begin(app, subject)).rejects.toMatchObject({
      name: 'BudgetError',
      code: 'PRECONDITION_FAILED',
    })
    await expect(app.ctx.meter.left(subject, NEVER)).rejects.toThrow('$1.20 of $1.00')
  })

  it('of an execution ranks above that of its board, and that of the board above that of all', async () => {
    const { subject, board, id } = await makeSubject(app)
    await app.api.budgets.set({ board_id: null, period: 'execution', limit_usd: 3 })
    expect(await app.ctx.meter.left(subject, NEVER)).toBe(3)
    await app.api.budgets.set({ board_id: board.id, period: 'execution', limit_usd: 2 })
    expect(await app.ctx.meter.left(subject, NEVER)).toBe(2)
    await app.api.executions.setBudget({ id, limit_usd: 1 })
    expect(await app.ctx.meter.left(subject, NEVER)).toBe(1)
    await app.api.executions.setBudget({ id, limit_usd: null })
    expect(await app.ctx.meter.left(subject, NEVER)).toBe(2)
  })

  it('of a month begins anew with the month, UTC', async () => {
    const { subject, board } = await makeSubject(app)
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    await spend(app, subject, 2)
    await app.ctx.db.execute(sql`update model_calls set created_at =
      (date_trunc('month', now() at time zone 'UTC') at time zone 'UTC') - interval '1 second'`)
    expect(await app.ctx.meter.left(subject, NEVER)).toBe(1)
  })

  it('of nothing lets no call begin', async () => {
    const { subject, board } = await makeSubject(app)
    await app.api.budgets.set({ board_id: board.id, period: 'execution', limit_usd: 0 })
    await expect(begin(app, subject)).rejects.toThrow('Raise its limit')
  })
})

describe('calls at the same time', () => {
  it('on one limit wait for each other where the one in flight may use it up', async () => {
    const first = await makeSubject(app)
    await app.api.budgets.set({ board_id: first.board.id, period: 'month', limit_usd: 1 })
    const open = await begin(app, first.subject)
    let hasBegun = false
    const second = begin(app, first.subject).then((next) => {
      hasBegun = true
      return next
    })
    await app.ctx.meter.left(first.subject, NEVER)
    expect(hasBegun).toBe(false)
    await open.end(call(0.4))
    await (await second).end(call(0.4))
    expect(hasBegun).toBe(true)
  })

  it('of which one ends while the next is decided about are both seen: that one has used up the limit', async () => {
    const { subject, board } = await makeSubject(app)
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    // What is spent is read, and before it is looked at, the call that is on its way ends.
    let meanwhile = async () => {}
    const execute = async (...asked: Parameters<typeof app.ctx.db.execute>) => {
      const read = await app.ctx.db.execute(...asked)
      await meanwhile()
      return read
    }
    const db = new Proxy(app.ctx.db, {
      get: (target, name) => (name === 'execute' ? execute : Reflect.get(target, name)),
    })
    const meter = new ModelCallMeter({ ...app.ctx, db })
    const open = await meter.begin(subject, { model: 'claude-sonnet-5-5' }, NEVER)
    meanwhile = async () => {
      meanwhile = async () => {}
      await open.end(call(1))
    }
    const next = meter.begin(subject, { model: 'claude-sonnet-5-5' }, NEVER)
    await expect(next).rejects.toThrow('$1.00 of $1.00')
  })

  it('of which one is in a dearer tier hold so much more of the limit back', async () => {
    const { subject, board } = await makeSubject(app)
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 10 })
    const model = 'claude-opus-4-7' // six times its price in the fast mode
    const usual = await app.ctx.meter.begin(subject, { model }, NEVER)
    const fast = await app.ctx.meter.begin(subject, { model, tier: 'fast' }, NEVER)
    let hasBegun = false
    const third = app.ctx.meter.begin(subject, { model }, NEVER).then((next) => {
      hasBegun = true
      return next
    })
    await usual.end(call(0.1))
    await app.ctx.meter.left(subject, NEVER)
    expect(hasBegun).toBe(false)
    await fast.end(call(0.1))
    await (await third).end(call(0.1))
  })

  it('far below it begin side by side', async () => {
    const { subject, board } = await makeSubject(app)
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 100 })
    const open = [await begin(app, subject), await begin(app, subject), await begin(app, subject)]
    for (const one of open) await one.end(call(0.1))
  })

  it('of which one is given up lets the next begin, and a wait ends with its signal', async () => {
    const { subject, board } = await makeSubject(app)
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    const open = await begin(app, subject)
    const tired = new AbortController()
    const waiting = app.ctx.meter.begin(subject, { model: 'claude-sonnet-5-5' }, tired.signal)
    tired.abort(new Error('tired'))
    await expect(waiting).rejects.toThrow('tired')
    open.drop()
    ;(await begin(app, subject)).drop()
  })

  it('of two apps on one database see what the other has spent', async () => {
    const { subject, board } = await makeSubject(app)
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    await spend(app, subject, 0.7)
    await spend(other, subject, 0.7)
    await expect(begin(app, subject)).rejects.toThrow('$1.40 of $1.00')
    await expect(begin(other, subject)).rejects.toThrow('$1.40 of $1.00')
  })
})

describe('at 80 %', () => {
  it('people are warned once in the month, whichever app sees it, in log, feed and inbox', async () => {
    const { subject, notices, board, task } = await makeSubject(app)
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    await spend(app, subject, 0.79)
    expect(notices).toEqual([])
    await spend(other, subject, 0.02)
    await spend(app, subject, 0.02)
    expect(notices).toHaveLength(1)
    expect(notices[0]).toContain('$0.81 of this board’s $1.00')
    const told = await app.api.notifications.list({})
    expect(told.filter(({ task_id }) => task_id === task.id)).toMatchObject([
      { kind: 'needs_input', title: expect.stringContaining('is near a budget') },
    ])
    const [line] = await app.api.activity.list({ board_id: board.id, limit: 1 })
    expect(line).toMatchObject({ actor: { type: 'system' }, task_id: task.id })
  })

  it('of an execution’s limit they are warned once, and again when it is raised', async () => {
    const { subject, notices, id } = await makeSubject(app)
    await app.api.executions.setBudget({ id, limit_usd: 1 })
    for (const cost of [0.5, 0.35, 0.05]) await spend(app, subject, cost)
    expect(notices).toHaveLength(1)
    await app.api.executions.setBudget({ id, limit_usd: 2 })
    for (const cost of [0.65, 0.1]) await spend(app, subject, cost)
    expect(notices).toHaveLength(2)
  })
})
