import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Database, openDatabase } from '#db/client.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { Ledger } from '../../scripts/soak/ledger.ts'
import { judge } from '../../scripts/soak/verdict.ts'
import { makeBoard, makeTasks } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let database: Database
let board: BoardId
let card: TaskId
let updated: Date
/** Of all events of the board. */
let ids: string[]

beforeAll(async () => {
  app = await openTestApp()
  database = openDatabase({ connection: app.connection, poolSize: 1 })
  const made = await makeBoard(app)
  board = made.board.id
  const [one, two] = await makeTasks(app, board, made.backlog.id, ['One', 'Two'])
  if (!one || !two) throw new Error('no cards')
  card = one.id
  updated = (await app.api.tasks.update({ id: card, title: 'Changed' })).updated_at
  await app.api.tasks.move({ id: card, column_id: made.review.id, order: 1, version: 2 })
  await app.api.tasks.delete({ id: two.id })
  const { rows } = await query<{ id: string }>('SELECT id::text FROM board_events ORDER BY board_events.id')
  ids = rows.map(({ id }) => id)
})
afterAll(async () => {
  await database.close()
  await app[Symbol.asyncDispose]()
})

let ledger: Ledger
beforeEach(() => {
  ledger = new Ledger()
})

const query = <Row extends object>(statement: string) => database.pool.query<Row>(statement)
const verdict = () => judge(database.pool, [board], ledger)
const done = (at: Date | null, id: string = card, type = 'task_updated') =>
  ledger.take('one', { say: 'done', type, board, id, ...(at ? { updated_at: at.toISOString() } : {}) })
const hears = (heard: string[], by: 'window' | 'reader' = 'reader') =>
  ledger.take('one', { say: 'seen', by, board, ids: heard })

it('an orderly soak has no problems', async () => {
  hears(ids)
  ledger.take('one', { say: 'opened', board, after: ids[2] ?? '' })
  hears(ids.slice(3, 5), 'window')
  ledger.killed('one')
  ledger.take('one', { say: 'opened', board, after: ids[4] ?? '' })
  hears(ids.slice(5), 'window')
  done(updated)
  expect(await verdict()).toEqual([])
})

it.each<[string, (all: string[]) => string[], RegExp]>([
  [
    'is skipped',
    (all) => all.filter((_, index) => index !== 2),
    /heard event \d+ after \d+, where \d+ is next/,
  ],
  ['comes twice', (all) => [...all.slice(0, 3), ...all.slice(2)], /heard event/],
  ['comes too early', ([a = '', b = '', ...rest]) => [b, a, ...rest], /heard event/],
  ['is missing at the end', (all) => all.slice(0, -1), /heard \d+ of \d+ events/],
  ['is of nowhere', (all) => [...all, '999999'], /where none is next/],
])('an event that %s is a problem', async (_name, change, problem) => {
  hears(change(ids))
  expect(await verdict()).toEqual([expect.stringMatching(problem)])
})

it('a write that was acknowledged and is nowhere is a problem', async () => {
  hears(ids)
  done(new Date(0))
  done(null, card, 'task_deleted')
  expect(await verdict()).toEqual([
    expect.stringMatching(/Acknowledged, but nowhere told: task_updated/),
    expect.stringMatching(/Acknowledged, but nowhere told: task_deleted/),
  ])
})

it('a write that left no event, and one that left no audit record, are problems', async () => {
  hears(ids)
  await query(`UPDATE tasks SET version = version + 1 WHERE id = '${card}'`)
  expect(await verdict()).toEqual([expect.stringMatching(/versions were not all told/)])
  await query('ALTER TABLE tasks DISABLE TRIGGER audit')
  await query(`UPDATE tasks SET version = version + 1 WHERE id = '${card}'`)
  expect(await verdict()).toEqual([
    expect.stringMatching(/versions were not all told/),
    expect.stringMatching(/versions are not all in the audit trail/),
  ])
})
