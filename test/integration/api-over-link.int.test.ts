import { afterAll, beforeAll, expect, it } from 'vitest'
import { appRouter } from '#electron/api/router.ts'
import type { BoardMessage } from '#shared/board-event.ts'
import { BoardId } from '#shared/ids.ts'
import { errorText } from '../../renderer/lib/error-text.ts'
import { makeBoard } from '../helpers/factories.ts'
import { failureOf, type LinkClient, openLink } from '../helpers/link-client.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let connection: LinkClient
let api: LinkClient['api']

beforeAll(async () => {
  app = await openTestApp()
  connection = openLink(app)
  api = connection.api
})
afterAll(async () => {
  connection.close()
  await app[Symbol.asyncDispose]()
})

it('dates are dates in the window', async () => {
  const board = await api.boards.create.mutate({ name: 'Dated' })
  expect(board.created_at).toBeInstanceOf(Date)
  expect((await api.boards.get.query({ id: board.id })).updated_at).toEqual(board.updated_at)
})

it('a stale move reaches the window as code and detail, and is a sentence', async () => {
  const { board, backlog } = await makeBoard(app)
  const task = await api.tasks.create.mutate({
    board_id: board.id,
    column_id: backlog.id,
    title: 'Contested',
  })
  await api.tasks.update.mutate({ id: task.id, title: 'Changed first' })
  const move = { id: task.id, column_id: backlog.id, order: 2, version: task.version }
  const error = await failureOf(api.tasks.move.mutate(move))
  expect(error.data).toMatchObject({
    code: 'CONFLICT',
    detail: {
      error: 'VERSION_CONFLICT',
      message: 'Task was modified by another user',
      server_version: 2,
      client_version: 1,
    },
  })
  expect(errorText(error)).toMatch(/make your change again/)
})

it('what is missing and what is out of bounds say so', async () => {
  const missing = await failureOf(
    api.boards.get.query({ id: BoardId.parse('0b5c1f5e-0000-4000-8000-000000000000') }),
  )
  expect(missing.data).toMatchObject({
    code: 'NOT_FOUND',
    detail: 'Board 0b5c1f5e-0000-4000-8000-000000000000 not found',
  })
  const invalid = await failureOf(api.boards.create.mutate({ name: 'x'.repeat(256) }))
  expect(invalid.data).toMatchObject({
    code: 'BAD_REQUEST',
    detail: 'At most 255 characters.',
    fields: { name: ['At most 255 characters.'] },
  })
})

it('no stack and no file of ours reaches the window', async () => {
  const error = await failureOf(api.boards.get.query({ id: 'not-an-id' as BoardId }))
  expect(JSON.stringify(error.data)).not.toMatch(/stack|electron\/|node_modules/)
})

it('events resume over the link where the reader stopped', async () => {
  const { board, backlog } = await makeBoard(app)
  const { last_event_id } = await api.boards.get.query({ id: board.id })
  const heard: { id: string; data: BoardMessage }[] = []
  const listen = (after: string, until: number) =>
    new Promise<void>((resolve, reject) => {
      const subscription = api.boards.onEvent.subscribe(
        { boardId: board.id, lastEventId: after },
        {
          onData: (event) => {
            heard.push({ id: event.id, data: event.data })
            if (heard.length < until) return
            subscription.unsubscribe()
            resolve()
          },
          onError: reject,
        },
      )
    })
  const create = (title: string) =>
    api.tasks.create.mutate({ board_id: board.id, column_id: backlog.id, title })
  const first = listen(last_event_id, 1)
  await create('one')
  await first
  await create('two')
  await create('three')
  await listen(heard.at(-1)?.id ?? '', 3)
  const titles = heard.map(({ data }) => (data.type === 'task_created' ? data.data.title : data.type))
  expect(titles).toEqual(['one', 'two', 'three'])
})

it('health tells both seeds’ words, and never fails, not even without a database', async () => {
  expect(await api.system.health.query()).toEqual({
    status: 'healthy',
    ok: true,
    version: '0.0.0-test',
    database: 'connected',
    uptime: expect.any(Number),
    pool: { total: expect.any(Number), idle: expect.any(Number), waiting: 0 },
  })
  const broken = await openTestApp()
  const health = appRouter.createCaller(broken.ctx).system.health
  await broken[Symbol.asyncDispose]()
  expect(await health()).toMatchObject({ status: 'unhealthy', ok: false, database: 'disconnected' })
})
