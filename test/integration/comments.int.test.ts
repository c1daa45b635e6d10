import { afterAll, beforeAll, expect, test } from 'vitest'
import { followBoard } from '#electron/services/follow-board.ts'
import { makeBoard, makeTasks, refusalOf, take } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let beside: TestApp
beforeAll(async () => {
  app = await openTestApp()
  beside = await openTestApp({ beside: app })
  await app.api.settings.updatePreferences({ display_name: 'Ada' })
  await beside.api.settings.updatePreferences({ display_name: 'Grace Hopper' })
})
afterAll(async () => {
  await beside[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

async function newCard(title = 'Discussed') {
  const { board, backlog } = await makeBoard(app)
  const [task] = await makeTasks(app, board.id, backlog.id, [title])
  if (!task) throw new Error('no card')
  const { last_event_id } = await app.api.boards.get({ id: board.id })
  return { board, task, last_event_id }
}

test('comments are listed oldest first, counted on the card, and told to windows', async () => {
  const { board, task, last_event_id } = await newCard()
  const first = await app.api.comments.create({ task_id: task.id, body: '  Why **so**?  ' })
  const second = await beside.api.comments.create({ task_id: task.id, body: 'Because.' })
  expect(first).toMatchObject({
    author_name: 'Ada',
    author_type: 'person',
    body: 'Why **so**?',
    edited_at: null,
  })
  expect(await app.api.comments.list({ task_id: task.id })).toEqual([first, second])
  const changed = await app.api.tasks.get({ id: task.id })
  expect(changed).toMatchObject({ comment_count: 2, version: task.version })
  const heard = await take(followBoard(app.ctx, board.id, last_event_id, new AbortController().signal), 4)
  expect(heard.map(({ message }) => message.type)).toEqual([
    'comment_created',
    'task_updated',
    'comment_created',
    'task_updated',
  ])
  expect(heard[0]?.message.data).toEqual(first)
})

test('its author edits, deletes and restores it', async () => {
  const { task } = await newCard()
  const made = await app.api.comments.create({ task_id: task.id, body: 'First words' })
  const edited = await app.api.comments.update({ id: made.id, body: 'Better words' })
  expect(edited).toMatchObject({
    body: 'Better words',
    edited_at: expect.any(Date),
    created_at: made.created_at,
  })
  expect(await app.api.comments.delete({ id: made.id })).toEqual({ id: made.id })
  expect(await app.api.comments.list({ task_id: task.id })).toEqual([])
  expect((await app.api.tasks.get({ id: task.id })).comment_count).toBe(0)
  expect(await app.api.comments.restore({ id: made.id })).toMatchObject({ body: 'Better words' })
  expect((await app.api.tasks.get({ id: task.id })).comment_count).toBe(1)
})

test('others may not', async () => {
  const { task } = await newCard()
  const made = await app.api.comments.create({ task_id: task.id, body: 'Mine' })
  const detail = { error: 'NOT_YOURS', message: 'Only Ada can change this comment.' }
  for (const call of [
    () => beside.api.comments.update({ id: made.id, body: 'Theirs' }),
    () => beside.api.comments.delete({ id: made.id }),
  ])
    expect(await refusalOf(call())).toEqual({ code: 'PRECONDITION_FAILED', detail })
})

test('who is mentioned is told once, and who writes is not', async () => {
  const { board, task } = await newCard('Fix login')
  const made = await app.api.comments.create({ task_id: task.id, body: '@grace hopper and @Ada, look' })
  await app.api.comments.update({ id: made.id, body: '@Grace Hopper, look again' })
  const [notice, ...more] = await beside.api.notifications.list({ unread_only: true })
  expect(more).toEqual([])
  expect(notice).toMatchObject({
    kind: 'mentioned',
    board_id: board.id,
    task_id: task.id,
    title: `Ada mentioned you on ${board.key}-1`,
    body: '@grace hopper and @Ada, look',
    read_at: null,
  })
  expect(await app.api.notifications.list({})).toEqual([])
  expect(await beside.api.notifications.markRead({ all: true })).toEqual({ unread: 0, marked: [notice?.id] })
  expect(await beside.api.notifications.markUnread({ ids: [notice?.id ?? ''] })).toEqual({
    unread: 1,
    marked: [notice?.id],
  })
})

test('the number of unread ones is heard by another app’s mention', async () => {
  const { task } = await newCard()
  await beside.api.notifications.markRead({ all: true })
  const heard: number[] = []
  // It tells the number whenever it may have changed, so the same one may come twice.
  for await (const { unread } of await beside.api.notifications.onChange()) {
    heard.push(unread)
    if (heard.length === 1) await app.api.comments.create({ task_id: task.id, body: 'hey @Grace Hopper' })
    if (unread === 1) break
  }
  expect([...new Set(heard)]).toEqual([0, 1])
})

test('an empty comment, and one that is too long, are refused', async () => {
  const { task } = await newCard()
  await expect(app.api.comments.create({ task_id: task.id, body: '  ' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  const long = app.api.comments.create({ task_id: task.id, body: 'x'.repeat(10_001) })
  await expect(long).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})
