import { afterAll, beforeAll, expect, test } from 'vitest'
import { followBoard } from '#electron/services/follow-board.ts'
import { DEFAULT_QUERY } from '#shared/board-query.ts'
import { refusalOf, take } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

const newBoard = () => app.api.boards.create({ name: 'Views' })
const urgent = { ...DEFAULT_QUERY, priorities: ['urgent' as const], view: 'table' as const }

test('a view is kept, listed by name, changed and deleted', async () => {
  const board = await newBoard()
  const made = await app.api.views.create({ board_id: board.id, name: 'Urgent', query: urgent })
  await app.api.views.create({ board_id: board.id, name: 'all', query: DEFAULT_QUERY })
  expect((await app.api.views.list({ board_id: board.id })).map((view) => view.name)).toEqual([
    'all',
    'Urgent',
  ])
  const renamed = await app.api.views.update({ id: made.id, name: 'On fire' })
  expect(renamed).toMatchObject({ id: made.id, name: 'On fire', query: urgent })
  expect(await app.api.views.delete({ id: made.id })).toEqual({ id: made.id })
  expect(await app.api.views.list({ board_id: board.id })).toHaveLength(1)
})

test('a name is taken once on a board, whatever its case, and is free on another', async () => {
  const [board, other] = [await newBoard(), await newBoard()]
  await app.api.views.create({ board_id: board.id, name: 'Mine', query: DEFAULT_QUERY })
  const again = app.api.views.create({ board_id: board.id, name: 'MINE', query: DEFAULT_QUERY })
  await expect(again).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'There is a view “MINE” already. Choose another name.',
  })
  await app.api.views.create({ board_id: other.id, name: 'Mine', query: DEFAULT_QUERY })
})

test('windows hear of it, and a view that is gone is not found', async () => {
  const board = await newBoard()
  const { last_event_id } = await app.api.boards.get({ id: board.id })
  const view = await app.api.views.create({ board_id: board.id, name: 'Seen', query: DEFAULT_QUERY })
  await app.api.views.delete({ id: view.id })
  const never = new AbortController().signal
  const events = await take(followBoard(app.ctx, board.id, last_event_id, never), 2)
  expect(events.map((event) => event.message)).toEqual([
    { type: 'view_created', data: view },
    { type: 'view_deleted', data: { id: view.id } },
  ])
  expect(await refusalOf(app.api.views.update({ id: view.id, name: 'x' }))).toMatchObject({
    code: 'NOT_FOUND',
  })
})
