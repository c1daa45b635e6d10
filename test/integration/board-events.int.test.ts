import { afterAll, beforeAll, expect, it } from 'vitest'
import { lockBoard } from '#db/queries/lock-board.ts'
import { writeOutbox } from '#db/queries/outbox.ts'
import { followBoard } from '#electron/services/follow-board.ts'
import { makeBoard, makeTasks, refusalOf, take } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let beside: TestApp
beforeAll(async () => {
  app = await openTestApp()
  beside = await openTestApp({ beside: app })
})
afterAll(async () => {
  await beside[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

function signalled(): { promise: Promise<void>; signal: () => void } {
  let signal = () => {}
  const promise = new Promise<void>((resolve) => {
    signal = resolve
  })
  return { promise, signal }
}

const never = () => new AbortController().signal
const typeOf = ({ message }: { message: { type: string } }) => message.type

it('every change tells its event with the new value, in order', async () => {
  const { board, backlog, review } = await makeBoard(app)
  const { last_event_id } = await app.api.boards.get({ id: board.id })
  const column = await app.api.columns.create({ board_id: board.id, name: 'More' })
  await app.api.columns.update({ id: column.id, name: 'Most' })
  const task = await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'Told' })
  const updated = await app.api.tasks.update({ id: task.id, priority: 'high' })
  const moved = await app.api.tasks.move({
    id: task.id,
    column_id: review.id,
    order: 7,
    version: updated.version,
  })
  await app.api.tasks.delete({ id: task.id })
  await app.api.columns.delete({ id: column.id })

  const events = await take(followBoard(app.ctx, board.id, last_event_id, never()), 7)
  expect(events.map((event) => event.message)).toEqual([
    { type: 'column_created', data: column },
    { type: 'column_updated', data: { ...column, name: 'Most', updated_at: expect.any(Date) } },
    { type: 'task_created', data: task },
    { type: 'task_updated', data: updated },
    { type: 'task_moved', data: moved },
    { type: 'task_deleted', data: { id: task.id } },
    { type: 'column_deleted', data: { id: column.id } },
  ])
})

it('a refused change tells nothing', async () => {
  const { board, backlog } = await makeBoard(app)
  const [task] = await makeTasks(app, board.id, backlog.id, ['Still'])
  if (!task) throw new Error('no card')
  const { last_event_id } = await app.api.boards.get({ id: board.id })
  await refusalOf(app.api.tasks.move({ id: task.id, column_id: backlog.id, order: 3, version: 99 }))
  await app.api.tasks.delete({ id: task.id })
  const [first] = await take(followBoard(app.ctx, board.id, last_event_id, never()), 1)
  expect(first && typeOf(first)).toBe('task_deleted')
})

it('another board hears nothing of it', async () => {
  const here = await makeBoard(app, 'Here')
  const there = await makeBoard(app, 'There')
  const { last_event_id } = await app.api.boards.get({ id: there.board.id })
  await makeTasks(app, here.board.id, here.backlog.id, ['Elsewhere'])
  const [own] = await makeTasks(app, there.board.id, there.backlog.id, ['Own'])
  const [first] = await take(followBoard(app.ctx, there.board.id, last_event_id, never()), 1)
  expect(first?.message).toEqual({ type: 'task_created', data: own })
})

it('a reader goes on where it stopped: nothing is missed, nothing comes twice', async () => {
  const { board, backlog } = await makeBoard(app)
  const { last_event_id } = await app.api.boards.get({ id: board.id })
  const titles = Array.from({ length: 20 }, (_, index) => String(index))
  const writing = makeTasks(app, board.id, backlog.id, titles)
  const seen: string[] = []
  let after = last_event_id
  while (seen.length < 20) {
    for (const event of await take(followBoard(app.ctx, board.id, after, never()), 5)) {
      after = event.id
      if (event.message.type === 'task_created') seen.push(event.message.data.title)
    }
  }
  await writing
  expect(seen).toEqual(titles)
})

it('the other app on the same database hears of a move at once', async () => {
  const { board, backlog, review } = await makeBoard(app)
  const [task] = await makeTasks(app, board.id, backlog.id, ['Seen by both'])
  if (!task) throw new Error('no card')
  const { last_event_id } = await beside.api.boards.get({ id: board.id })
  const hearing = take(followBoard(beside.ctx, board.id, last_event_id, never()), 1)
  await app.api.tasks.move({ id: task.id, column_id: review.id, order: 1, version: 1 })
  expect((await hearing).map(typeOf)).toEqual(['task_moved'])
})

it('a writer that took its id first but commits last is not skipped', async () => {
  const { board } = await makeBoard(app)
  const { last_event_id } = await app.api.boards.get({ id: board.id })
  const heard = take(followBoard(app.ctx, board.id, last_event_id, never()), 2)
  const event = (name: string) => ({ type: 'board_updated' as const, data: { ...board, name } })
  const mayCommit = signalled()
  const hasWritten = signalled()
  const slow = app.ctx.db.transaction(async (tx) => {
    const actor = app.ctx.actor()
    await lockBoard(tx, { board: board.id }, { actor, correlationId: null })
    const told = { boardId: board.id, actor, events: [event('slow')], activities: [], topics: [] }
    await writeOutbox(tx, told)
    hasWritten.signal()
    await mayCommit.promise
  })
  await hasWritten.promise
  const quick = app.api.boards.update({ id: board.id, name: 'quick' })
  mayCommit.signal()
  await Promise.all([slow, quick])
  const names = (await heard).map(({ message }) =>
    message.type === 'board_updated' ? message.data.name : message.type,
  )
  expect(names).toEqual(['slow', 'quick'])
})

it('a cursor from another life asks for a new snapshot', async () => {
  const { board } = await makeBoard(app)
  const [first] = await take(followBoard(app.ctx, board.id, '999999999', never()), 1)
  expect(first && typeOf(first)).toBe('snapshot_needed')
})

it('ending a subscription frees its ear', async () => {
  const { board } = await makeBoard(app)
  const stop = new AbortController()
  const stream = followBoard(app.ctx, board.id, undefined, stop.signal)
  const waiting = stream.next()
  stop.abort()
  expect(await waiting).toEqual({ value: undefined, done: true })
})
