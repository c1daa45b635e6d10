import { AsyncLocalStorage } from 'node:async_hooks'
import { Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { StatementBatch } from '#db/statement-batch.ts'
import { type BoardId, ExecutionId, TaskId } from '#shared/ids.ts'
import { makeBoard } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

const counting = new AsyncLocalStorage<{ statements: string[]; writes: number }>()

/** What is sent to the server for one call, and in how many writes; the app's own work in the background does not count. */
async function sentBy(call: () => Promise<unknown>): Promise<{ statements: number; writes: number }> {
  const counter = { statements: [], writes: 0 }
  await counting.run(counter, call)
  return { statements: counter.statements.length, writes: counter.writes }
}

async function statementsOf(call: () => Promise<unknown>): Promise<number> {
  return (await sentBy(call)).statements
}

let app: TestApp
const ids: { board: BoardId; task: TaskId; execution: ExecutionId }[] = []

beforeAll(async () => {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const sent = args[0] instanceof StatementBatch ? args[0].statements : [String(args[0])]
    counting.getStore()?.statements.push(...sent)
    return query.apply(this, args)
  } as never)
  for (const name of ['_write', '_writev'] as const) {
    const write = Socket.prototype[name] as (...args: unknown[]) => void
    vi.spyOn(Socket.prototype, name).mockImplementation(function (this: Socket, ...args: unknown[]) {
      const counter = counting.getStore()
      if (counter) counter.writes += 1
      write.apply(this, args)
    } as never)
  }
  app = await openTestApp()
  for (const size of [1, 50]) ids.push(await fill(size))
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  vi.restoreAllMocks()
})

/** A board of so many cards, columns, executions, steps and lines; its first card has as many executions. */
async function fill(size: number) {
  const { board, backlog } = await makeBoard(app)
  const [task, execution] = [app.ctx.newId(), app.ctx.newId()]
  await app.ctx.db.execute(sql`
    insert into columns (board_id, name) select ${board.id}, 'c' || n from generate_series(1, ${size}) n`)
  await app.ctx.db.execute(sql`
    insert into tasks (id, board_id, column_id, title, number)
    select case n when 1 then ${task}::uuid else gen_random_uuid() end, ${board.id}, ${backlog.id}, 't' || n, n
    from generate_series(1, ${size}) n`)
  await app.ctx.db.execute(sql`
    insert into executions (id, task_id, board_id, workflow_type, provider, status)
    select case n when 1 then ${execution}::uuid else gen_random_uuid() end, ${task}, ${board.id}, 'development',
      'scripted', 'completed' from generate_series(1, ${size}) n`)
  await app.ctx.db.execute(
    sql`update tasks set current_execution_id = ${execution} where board_id = ${board.id}`,
  )
  await app.ctx.db.execute(sql`
    insert into steps (execution_id, sequence, phase, iteration, status)
    select ${execution}, n, 'review', 1, 'completed' from generate_series(1, ${size}) n`)
  await app.ctx.db.execute(sql`
    insert into model_calls (board_id, task_id, execution_id, provider, model, created_at)
    select ${board.id}, id, ${execution}, 'anthropic', 'm' || number, '2026-06-01' from tasks where board_id = ${board.id}`)
  await app.ctx.db.execute(sql`
    insert into activity_logs (board_id, task_id, actor_type, actor_name, event_type, message)
    select ${board.id}, ${task}, 'system', 'x', 'updated', 'changed' from generate_series(1, ${size})`)
  return { board: board.id, task: TaskId.parse(task), execution: ExecutionId.parse(execution) }
}

describe('the number of statements does not grow with the number of rows', () => {
  const calls: [string, number, (row: (typeof ids)[number]) => Promise<unknown>][] = [
    ['boards.get', 6, ({ board }) => app.api.boards.get({ id: board })],
    ['boards.open', 10, ({ board }) => app.api.boards.open({ id: board })],
    ['boards.cards', 2, ({ board }) => app.api.boards.cards({ board_id: board })],
    ['tasks.listArchived', 1, ({ board }) => app.api.tasks.listArchived({ board_id: board })],
    ['tasks.get', 1, ({ task }) => app.api.tasks.get({ id: task })],
    ['executions.list', 1, ({ task }) => app.api.executions.list({ task_id: task })],
    // Itself, its steps and its workspace; the approvals and the questions that it waited for.
    ['executions.get', 5, ({ execution }) => app.api.executions.get({ id: execution })],
    ['activity.list', 1, ({ board }) => app.api.activity.list({ board_id: board, limit: 100 })],
    [
      'activity.list of a card',
      1,
      ({ board, task }) => app.api.activity.list({ board_id: board, task_id: task, limit: 100 }),
    ],
    ['audit.list', 1, ({ board }) => app.api.audit.list({ board_id: board, limit: 100 })],
    ['usage.ofTask', 1, ({ task }) => app.api.usage.ofTask({ task_id: task })],
    ['budgets.list', 1, ({ board }) => app.api.budgets.list({ board_id: board })],
    [
      'usage.summary',
      1,
      ({ board }) =>
        app.api.usage.summary({ by: 'task', from: '2026-01-01', to: '2026-12-31', board_id: board }),
    ],
  ]
  it.each(calls)('%s takes at most %i', async (_name, most, call) => {
    const [one, many] = [ids[0], ids[1]]
    if (!one || !many) throw new Error('not filled')
    await call(one) // new connections have statements of their own
    const [few, lots] = [await statementsOf(() => call(one)), await statementsOf(() => call(many))]
    expect(few).toBeGreaterThan(0)
    expect(few).toBeLessThanOrEqual(most)
    expect(lots).toBe(few)
  })

  it.each(['boards', 'projects'] as const)('%s.list takes one', async (name) => {
    const list = () => (name === 'boards' ? app.api.boards.list() : app.api.projects.list())
    const few = await statementsOf(list)
    await app.ctx.db.execute(sql`
      insert into projects (name, path, is_repository) select 'p', ${name} || n, false from generate_series(1, 50) n`)
    await app.ctx.db.execute(sql`
      insert into boards (name, key, project_id)
      select 'b', ${name === 'boards' ? 'BB' : 'PP'} || row_number() over (), id from projects where path like ${`${name}%`}`)
    expect([few, await statementsOf(list)]).toEqual([1, 1])
  })
})

describe('a change takes a fixed number of statements, its transaction included', () => {
  it('update, move and create: five each, in two writes', async () => {
    const { board, backlog, review } = await makeBoard(app)
    const create = () => app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'x' })
    const { id } = await create()
    const five = { statements: 5, writes: 2 }
    expect(await sentBy(create)).toEqual(five)
    expect(await sentBy(() => app.api.tasks.update({ id, title: 'y' }))).toEqual(five)
    const move = () => app.api.tasks.move({ id, column_id: review.id, order: 7, version: 2 })
    expect(await sentBy(move)).toEqual(five)
  })

  it('also into an end column, where nobody waits for others', async () => {
    const { board, backlog, done } = await makeBoard(app)
    const { id } = await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'x' })
    const move = () => app.api.tasks.move({ id, column_id: done.id, order: 1, version: 1 })
    expect(await statementsOf(move)).toBe(5)
  })
})
