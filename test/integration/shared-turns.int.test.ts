import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { StatementBatch } from '#db/statement-batch.ts'
import type { Task } from '#shared/task.ts'
import { makeBoard } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

/** Commits of what a test does; the app's own work in the background does not count. */
const counting = new AsyncLocalStorage<{ commits: number }>()
let app: TestApp
beforeAll(async () => {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const sent = args[0] instanceof StatementBatch ? args[0].statements : []
    const counter = counting.getStore()
    if (counter) counter.commits += sent.filter((text) => text === 'commit').length
    return query.apply(this, args)
  } as never)
  app = await openTestApp()
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  vi.restoreAllMocks()
})

it('changes of a board that come at once share a commit, and each has its event, activity and audit, in one order', async () => {
  const { board, backlog } = await makeBoard(app)
  const titles = Array.from({ length: 9 }, (_, index) => `Card ${index}`)
  const counter = { commits: 0 }
  const create = (title: string) => app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title })
  const cards = await counting.run(counter, () => Promise.all(titles.map(create)))
  expect(counter.commits).toBe(2) // the first one alone, all others together
  const numbers = cards.map(({ number }) => number)
  expect([...numbers].sort((a, b) => a - b)).toEqual(titles.map((_, index) => index + 1))
  expect(await trailOf(cards)).toEqual(titles.map((title) => ({ title, events: 1, lines: 1, records: 1 })))
})

it('one that is refused does not touch those that waited with it', async () => {
  const { board, backlog, review } = await makeBoard(app)
  const create = (title: string) => app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title })
  const card = await create('moves')
  const move = (version: number) =>
    app.api.tasks.move({ id: card.id, column_id: review.id, order: 1, version })
  const outcomes = await Promise.allSettled([
    create('a'),
    create('b'),
    move(7),
    move(1),
    create('c'),
    move(1),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'rejected',
  ])
  const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const trail = await trailOf(made.filter(({ id }) => id !== card.id))
  expect(trail).toEqual(['a', 'b', 'c'].map((title) => ({ title, events: 1, lines: 1, records: 1 })))
  expect(await app.api.tasks.get({ id: card.id })).toMatchObject({ column_id: review.id, version: 2 })
})

it('each keeps the correlation id of its own call', async () => {
  const { board, backlog } = await makeBoard(app)
  const create = () => app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'x' })
  const cards = await Promise.all([create(), create(), create(), create()])
  const { rows } = await app.ctx.db.execute(sql`
    select count(distinct correlation_id) as ids from audit_logs where entity_id in ${cards.map(({ id }) => id)}`)
  expect(rows).toEqual([{ ids: '4' }])
})

/** How often these cards are told of, in the order of their titles. */
async function trailOf(cards: readonly Task[]) {
  const { rows } = await app.ctx.db.execute(sql`
    select title, (select count(*)::int from board_events where data ->> 'id' = t.id::text) as events,
      (select count(*)::int from activity_logs where task_id = t.id) as lines,
      (select count(*)::int from audit_logs where entity_id = t.id) as records
    from tasks t where id in ${cards.map(({ id }) => id)} order by title`)
  return rows
}
