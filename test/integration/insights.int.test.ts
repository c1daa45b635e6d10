import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getInsights } from '#electron/services/insights.ts'
import type { Column } from '#shared/column.ts'
import type { Task } from '#shared/task.ts'
import { makeBoard, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** At noon of a day, here. */
const noon = (day: string) => new Date(`${day}T12:00:00`)
const NOW = noon('2026-03-20')
const figures = (board_id: Task['board_id'], from: string, to: string) =>
  getInsights({ ...app.ctx, now: () => NOW }, { board_id, from, to })

/** A card that was made and moved on certain days. */
async function cardWithPast(
  board: { id: Task['board_id'] },
  title: string,
  [first, ...moves]: [day: string, column: Column][],
): Promise<Task> {
  if (!first) throw new Error('It has to begin somewhere')
  const [born, column] = first
  let task = await app.api.tasks.create({ board_id: board.id, column_id: column.id, title })
  await app.ctx.db.execute(
    sql`update tasks set created_at = ${noon(born).toISOString()}::timestamptz where id = ${task.id}`,
  )
  for (const [day, to] of moves) {
    const { id, version } = task
    task = await app.api.tasks.move({ id, column_id: to.id, order: version, version })
    await app.ctx.db.execute(sql`
      update activity_logs set created_at = ${noon(day).toISOString()}::timestamptz
      where id = (select max(id) from activity_logs where task_id = ${id} and event_type = 'moved')`)
  }
  return task
}

async function boardWithPast() {
  const made = await makeBoard(app)
  // Nobody starts agents here.
  const progress = await app.api.columns.update({ id: made.progress.id, triggers_agents: false })
  return { ...made, progress }
}

test('cumulative flow: how many cards lay in each column at the end of each day', async () => {
  const { board, backlog, progress, done } = await boardWithPast()
  await cardWithPast(board, 'Through', [
    ['2026-03-01', backlog],
    ['2026-03-02', progress],
    ['2026-03-04', done],
  ])
  await cardWithPast(board, 'Stays', [['2026-03-02', backlog]])
  const away = await cardWithPast(board, 'Away', [['2026-03-01', backlog]])
  await app.api.tasks.delete({ id: away.id })
  await app.ctx.db.execute(
    sql`update tasks set deleted_at = ${noon('2026-03-03').toISOString()}::timestamptz where id = ${away.id}`,
  )
  const { flow } = await figures(board.id, '2026-02-28', '2026-03-05')
  const of = (column: Column) => flow.filter((one) => one.column_id === column.id).map(({ count }) => count)
  expect(flow.slice(0, 4).map(({ day }) => day)).toEqual(Array(4).fill('2026-02-28'))
  expect(of(backlog)).toEqual([0, 2, 2, 1, 1, 1])
  expect(of(progress)).toEqual([0, 0, 1, 1, 0, 0])
  expect(of(done)).toEqual([0, 0, 0, 0, 1, 1])
})

test('a finished card stays finished in the archive, another leaves its column', async () => {
  const { board, backlog, progress, done } = await boardWithPast()
  const finished = await cardWithPast(board, 'Finished', [
    ['2026-03-01', backlog],
    ['2026-03-02', done],
  ])
  const dropped = await cardWithPast(board, 'Dropped', [['2026-03-01', progress]])
  for (const { id } of [finished, dropped]) {
    await app.api.tasks.change({ board_id: board.id, changes: [{ id, archived: true }] })
    await app.ctx.db.execute(
      sql`update tasks set archived_at = ${noon('2026-03-03').toISOString()}::timestamptz where id = ${id}`,
    )
  }
  const { flow } = await figures(board.id, '2026-03-02', '2026-03-04')
  const of = (column: Column) => flow.filter((one) => one.column_id === column.id).map(({ count }) => count)
  expect([of(done), of(progress)]).toEqual([
    [1, 1, 1],
    [1, 0, 0],
  ])
})

test('cycle time runs from leaving the start to reaching the end for the last time', async () => {
  const { board, backlog, progress, review, done } = await boardWithPast()
  const finished: Task[] = []
  for (const [index, end] of ['2026-03-03', '2026-03-04', '2026-03-06'].entries())
    finished.push(
      await cardWithPast(board, `Card ${index}`, [
        ['2026-02-01', backlog],
        ['2026-03-02', progress],
        ...(index === 2
          ? ([
              ['2026-03-03', done],
              ['2026-03-04', review],
            ] as [string, Column][])
          : []),
        [end, done],
      ]),
    )
  await cardWithPast(board, 'Reopened', [
    ['2026-03-01', backlog],
    ['2026-03-02', done],
    ['2026-03-03', progress],
  ])
  const { cycle, throughput } = await figures(board.id, '2026-03-02', '2026-03-15')
  expect(cycle.cards.map(({ task_id, days, number }) => ({ task_id, days, number }))).toEqual(
    [1, 2, 4].map((days, index) => ({ task_id: finished[index]?.id, days, number: index + 1 })),
  )
  expect(cycle.cards[0]?.finished_at).toEqual(noon('2026-03-03'))
  expect(cycle.p50_days).toBe(2)
  expect(cycle.p85_days).toBeCloseTo(3.4)
  expect(throughput).toEqual([
    { week: '2026-03-02', count: 3 },
    { week: '2026-03-09', count: 0 },
  ])
})

test('a card that was made in an end column counts as finished, without a time', async () => {
  const { board, done } = await boardWithPast()
  await cardWithPast(board, 'Was done', [['2026-03-10', done]])
  const { cycle, throughput } = await figures(board.id, '2026-03-09', '2026-03-15')
  expect(cycle).toEqual({ p50_days: null, p85_days: null, cards: [] })
  expect(throughput).toEqual([{ week: '2026-03-09', count: 1 }])
})

test('rework and cost, by day and provider', async () => {
  const { board, backlog } = await boardWithPast()
  const task = await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'Cost' })
  const run = async (day: string, provider: string, status: string, iteration: number, costs: number[]) => {
    const at = noon(day).toISOString()
    const { rows } = await app.ctx.db.execute(sql`
      insert into executions (task_id, board_id, workflow_type, provider, status, iteration, completed_at)
      values (${task.id}, ${board.id}, 'development', ${provider}, ${status}, ${iteration}, ${at}::timestamptz)
      returning id`)
    for (const [index, cost] of costs.entries())
      await app.ctx.db.execute(sql`
        insert into steps (execution_id, sequence, phase, iteration, status, started_at, cost_usd, input_tokens,
          cache_read_tokens, output_tokens)
        values (${rows[0]?.id}, ${index + 1}, 'development', ${index + 1}, 'completed', ${at}::timestamptz, ${cost}, 100,
          900, 10)`)
  }
  await run('2026-03-02', 'anthropic', 'completed', 1, [0.5])
  await run('2026-03-02', 'anthropic', 'completed', 3, [0.25, 0.25])
  await run('2026-03-02', 'scripted', 'failed', 2, [0])
  await run('2026-03-03', 'anthropic', 'completed', 1, [1])
  await run('2026-03-09', 'anthropic', 'completed', 1, [9])
  const { rework, cost } = await figures(board.id, '2026-03-01', '2026-03-03')
  expect(rework).toEqual([
    { rounds: 1, count: 2 },
    { rounds: 3, count: 1 },
  ])
  const used = (steps: number) => ({ input_tokens: steps * 1000, output_tokens: steps * 10 })
  expect(cost).toEqual([
    { day: '2026-03-02', provider: 'anthropic', cost_usd: 1, ...used(3) },
    { day: '2026-03-02', provider: 'scripted', cost_usd: 0, ...used(1) },
    { day: '2026-03-03', provider: 'anthropic', cost_usd: 1, ...used(1) },
  ])
})

test('days to come are left out; an empty board has empty figures', async () => {
  const { board } = await boardWithPast()
  const { flow, throughput } = await figures(board.id, '2026-03-19', '2026-12-31')
  expect([...new Set(flow.map(({ day }) => day))]).toEqual(['2026-03-19', '2026-03-20'])
  expect(throughput).toEqual([{ week: '2026-03-16', count: 0 }])
  expect(await figures(board.id, '2027-01-01', '2027-01-31')).toEqual({
    flow: [],
    cycle: { p50_days: null, p85_days: null, cards: [] },
    throughput: [],
    rework: [],
    cost: [],
  })
})

test('what cannot be is refused', async () => {
  const { board } = await boardWithPast()
  const ask = (from: string, to: string) => app.api.insights.get({ board_id: board.id, from, to })
  expect(await refusalOf(ask('2026-02-02', '2026-02-01'))).toMatchObject({ code: 'BAD_REQUEST' })
  expect(await refusalOf(ask('1990-01-01', '2026-02-01'))).toMatchObject({
    detail: { error: 'TOO_MANY_DAYS' },
  })
  await app.api.boards.delete({ id: board.id })
  expect(await refusalOf(ask('2026-02-01', '2026-02-02'))).toMatchObject({ code: 'NOT_FOUND' })
})
