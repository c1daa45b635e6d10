import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EndedCall } from '#electron/gateway/model-call.ts'
import { ModelCallMeter } from '#electron/gateway/model-meter.ts'
import { ExecutionId, StepId } from '#shared/ids.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

const NEVER = new AbortController().signal
const FREE = { input: 0, output: 0, cache_read: 0, cache_write: 0 }

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
beforeEach(async () => {
  await app.ctx.db.execute(sql`delete from model_calls`)
  await app.ctx.db.execute(sql`delete from budgets`)
})

/** A card with an execution at work, and what its calls are counted on. */
async function makeSubject(board?: Awaited<ReturnType<typeof makeBoard>>) {
  const { board: on, backlog } = board ?? (await makeBoard(app))
  const [task] = await makeTasks(app, on.id, backlog.id, ['Spend'])
  if (!task) throw new Error('no card')
  const id = ExecutionId.parse(app.ctx.newId())
  const stepId = StepId.parse(app.ctx.newId())
  await app.ctx.db.execute(sql`
    insert into executions (id, task_id, board_id, workflow_type, provider, status, requested_by)
    values (${id}, ${task.id}, ${on.id}, 'development', 'anthropic', 'completed', ${app.ctx.actor().id})`)
  await app.ctx.db.execute(sql`
    insert into steps (id, execution_id, sequence, phase, iteration, status)
    values (${stepId}, ${id}, 1, 'development', 1, 'completed')`)
  const notices: string[] = []
  const subject = {
    executionId: id,
    boardId: on.id,
    taskId: task.id,
    stepId,
    phase: 'development' as const,
    provider: 'anthropic' as const,
    signal: NEVER,
    notice: (text: string) => void notices.push(text),
  }
  return { subject, notices, board: on, task, id }
}
type Subject = Awaited<ReturnType<typeof makeSubject>>['subject']

const call = (costUsd: number | null, more: Partial<EndedCall> = {}): EndedCall => ({
  model: 'claude-sonnet-5-5',
  usage: { ...FREE, output: 1 },
  ...(costUsd === null ? {} : { costUsd }),
  status: 200,
  durationMs: 5,
  ...more,
})

async function spend(subject: Subject, costUsd: number, by = app): Promise<void> {
  const open = await by.ctx.meter.begin(subject, { model: 'claude-sonnet-5-5' }, NEVER)
  await open.end(call(costUsd))
}
const begin = (subject: Subject, by = app, model = 'claude-sonnet-5-5') =>
  by.ctx.meter.begin(subject, { model }, NEVER)

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
    const { subject, board } = await makeSubject()
    await app.api.budgets.set({
      board_id: scope === 'all' ? null : board.id,
      period: scope === 'execution' ? 'execution' : 'month',
      limit_usd: 1,
    })
    await spend(subject, 0.6)
    await spend(subject, 0.6)
    await expect(begin(subject)).rejects.toMatchObject({ name: 'BudgetError', code: 'PRECONDITION_FAILED' })
    await expect(app.ctx.meter.left(subject, NEVER)).rejects.toThrow('$1.20 of $1.00')
  })

  it('of an execution ranks above that of its board, and that of the board above that of all', async () => {
    const { subject, board, id } = await makeSubject()
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
    const { subject, board } = await makeSubject()
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    await spend(subject, 2)
    await app.ctx.db.execute(sql`update model_calls set created_at =
      (date_trunc('month', now() at time zone 'UTC') at time zone 'UTC') - interval '1 second'`)
    expect(await app.ctx.meter.left(subject, NEVER)).toBe(1)
  })

  it('of nothing lets no call begin', async () => {
    const { subject, board } = await makeSubject()
    await app.api.budgets.set({ board_id: board.id, period: 'execution', limit_usd: 0 })
    await expect(begin(subject)).rejects.toThrow('Raise its limit')
  })
})

describe('calls at the same time', () => {
  it('on one limit wait for each other where the one in flight may use it up', async () => {
    const first = await makeSubject()
    await app.api.budgets.set({ board_id: first.board.id, period: 'month', limit_usd: 1 })
    const open = await begin(first.subject)
    let hasBegun = false
    const second = begin(first.subject).then((next) => {
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
    const { subject, board } = await makeSubject()
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

  it('far below it begin side by side', async () => {
    const { subject, board } = await makeSubject()
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 100 })
    const open = [await begin(subject), await begin(subject), await begin(subject)]
    for (const one of open) await one.end(call(0.1))
  })

  it('of which one is given up lets the next begin, and a wait ends with its signal', async () => {
    const { subject, board } = await makeSubject()
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    const open = await begin(subject)
    const tired = new AbortController()
    const waiting = app.ctx.meter.begin(subject, { model: 'claude-sonnet-5-5' }, tired.signal)
    tired.abort(new Error('tired'))
    await expect(waiting).rejects.toThrow('tired')
    open.drop()
    ;(await begin(subject)).drop()
  })

  it('of two apps on one database see what the other has spent', async () => {
    const { subject, board } = await makeSubject()
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    await spend(subject, 0.7, app)
    await spend(subject, 0.7, other)
    await expect(begin(subject, app)).rejects.toThrow('$1.40 of $1.00')
    await expect(begin(subject, other)).rejects.toThrow('$1.40 of $1.00')
  })
})

describe('at 80 %', () => {
  it('people are warned once in the month, whichever app sees it, in log, feed and inbox', async () => {
    const { subject, notices, board, task } = await makeSubject()
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    await spend(subject, 0.79)
    expect(notices).toEqual([])
    await spend(subject, 0.02, other)
    await spend(subject, 0.02)
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
    const { subject, notices, id } = await makeSubject()
    await app.api.executions.setBudget({ id, limit_usd: 1 })
    for (const cost of [0.5, 0.35, 0.05]) await spend(subject, cost)
    expect(notices).toHaveLength(1)
    await app.api.executions.setBudget({ id, limit_usd: 2 })
    for (const cost of [0.65, 0.1]) await spend(subject, cost)
    expect(notices).toHaveLength(2)
  })
})

describe('a model without a price', () => {
  const strange = (usage: EndedCall['usage']) => call(null, { model: 'strange-1-20260101', usage })

  it('has no cost, is counted as the dearest by budgets, and that is said', async () => {
    const { subject, notices, board } = await makeSubject()
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    const open = await app.ctx.meter.begin(subject, { model: 'strange-1-20260101' }, NEVER)
    expect(await open.end(strange({ ...FREE, output: 10_000 }))).toBeNull()
    expect(notices[0]).toContain('Nobody has said what strange-1-20260101 costs')
    const [budget] = await app.api.budgets.list({ board_id: board.id })
    expect(budget?.spent_usd).toBeCloseTo(0.5)
    expect(await app.api.prices.unpriced()).toEqual(['strange-1-20260101'])
  })

  it('gets one for its former calls too, once somebody has said it', async () => {
    const { subject, board } = await makeSubject()
    await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 1 })
    await (await begin(subject, app, 'strange-1-20260101')).end(strange({ ...FREE, output: 10_000 }))
    const set = { model: 'strange-1', input_usd: 1, output_usd: 2, cache_read_usd: 0, cache_write_usd: 1 }
    const saved = await app.api.prices.set(set)
    expect(saved).toMatchObject({ ...set, source: 'Set by hand', is_edited: true })
    const [budget] = await app.api.budgets.list({ board_id: board.id })
    expect(budget?.spent_usd).toBeCloseTo(0.02)
    expect(
      await (await begin(subject, app, 'strange-1-20260101')).end(strange({ ...FREE, output: 1_000_000 })),
    ).toBe(2)
    expect(await app.api.prices.unpriced()).toEqual([])
    expect(await app.api.prices.reset({ model: 'strange-1' })).toBeNull()
  })
})

describe('prices', () => {
  it('are those of the app’s table, with where and when they were read, and people’s own in their place', async () => {
    const { subject } = await makeSubject()
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
    expect(await (await begin(subject)).end(used)).toBeCloseTo(0.1)
    expect((await app.api.prices.list()).filter(({ model }) => model === 'claude-sonnet-5-5')).toMatchObject([
      { ...own, is_edited: true },
    ])
    expect(await app.api.prices.reset({ model: 'claude-sonnet-5-5' })).toEqual(sonnet)
    expect(await (await begin(subject)).end(used)).toBeCloseTo(0.01)
  })
})

describe('usage', () => {
  const today = new Date().toISOString().slice(0, 10)
  const span = { from: today, to: today }

  it('is summed by day, model, board, provider and card', async () => {
    const payments = await makeBoard(app)
    const [one, two] = [await makeSubject(payments), await makeSubject(payments)]
    await spend(one.subject, 0.3)
    await spend(two.subject, 0.1)
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
    const { subject, board } = await makeSubject()
    await spend(subject, 0.3)
    await app.ctx.db.execute(sql`delete from boards where id = ${board.id}`)
    const [row] = await app.api.usage.summary({ by: 'task', ...span })
    expect(row).toMatchObject({ key: 'none', label: 'Deleted cards', cost_usd: 0.3, task_id: null })
  })

  it('is of one board where one is named, of whole days, and refuses days that make no sense', async () => {
    const [here, there] = [await makeSubject(), await makeSubject()]
    await spend(here.subject, 0.3)
    await spend(there.subject, 0.1)
    const ofBoard = await app.api.usage.summary({ by: 'day', ...span, board_id: here.board.id })
    expect(ofBoard).toMatchObject([{ key: today, cost_usd: 0.3 }])
    expect(await app.api.usage.summary({ by: 'day', from: '2020-01-01', to: '2020-01-31' })).toEqual([])
    const wrong = app.api.usage.summary({ by: 'day', from: '2026-02-01', to: '2026-01-01' })
    expect((await refusalOf(wrong)).code).toBe('BAD_REQUEST')
  })
})
