import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { eventsDuring } from '../helpers/told.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

describe('an archived card', () => {
  it('leaves the board and its counts, is listed, and comes back as it was', async () => {
    const { board, backlog } = await makeBoard(app)
    const [a, b] = await makeTasks(app, board.id, backlog.id, ['a', 'b'])
    if (!a || !b) throw new Error('two cards')
    const archive = (archived: boolean) =>
      app.api.tasks.change({ board_id: board.id, changes: [{ id: a.id, archived }] })
    await archive(true)
    expect((await app.api.boards.get({ id: board.id })).tasks).toEqual([b])
    expect((await app.api.boards.cards({ board_id: board.id })).tasks).toMatchObject([{ id: b.id }])
    expect((await app.api.boards.list()).find(({ id }) => id === board.id)).toMatchObject({ task_count: 1 })
    expect(await app.api.tasks.get({ id: a.id })).toMatchObject({ archived_at: expect.any(Date) })
    const { tasks } = await app.api.tasks.listArchived({ board_id: board.id })
    expect(tasks).toMatchObject([{ id: a.id, has_description: false }])
    const told = await eventsDuring(app, board.id, () => archive(false))
    const [back] = (await app.api.boards.get({ id: board.id })).tasks
    expect(told).toEqual([{ type: 'task_created', data: back }])
    expect(back).toEqual({ ...a, updated_at: expect.any(Date) })
  })

  it('cannot be moved or started, but read and edited', async () => {
    const { board, backlog, review } = await makeBoard(app)
    const [a] = await makeTasks(app, board.id, backlog.id, ['a'])
    if (!a) throw new Error('a card')
    await app.api.tasks.change({ board_id: board.id, changes: [{ id: a.id, archived: true }] })
    const place = { column_id: review.id, order: 1 }
    const refused = { code: 'PRECONDITION_FAILED', detail: { error: 'TASK_ARCHIVED' } }
    expect(await refusalOf(app.api.tasks.move({ id: a.id, version: 1, ...place }))).toMatchObject(refused)
    const change = app.api.tasks.change({ board_id: board.id, changes: [{ id: a.id, place }] })
    expect(await refusalOf(change)).toMatchObject(refused)
    expect(await refusalOf(app.api.executions.start({ task_id: a.id }))).toMatchObject(refused)
    expect(await app.api.tasks.update({ id: a.id, title: 'A' })).toMatchObject({ title: 'A' })
  })

  it('is found by its words and its number, page by page, each once', async () => {
    const { board, backlog } = await makeBoard(app)
    const titles = Array.from({ length: 25 }, (_, index) => `100% card_${index}`)
    const made = await makeTasks(app, board.id, backlog.id, [...titles, 'other'])
    const changes = made.map(({ id }) => ({ id, archived: true }))
    await app.api.tasks.change({ board_id: board.id, changes: changes.slice(0, 10) })
    await app.api.tasks.change({ board_id: board.id, changes: changes.slice(10) })
    const found: number[] = []
    for (let before: string | undefined; ; ) {
      const page = await app.api.tasks.listArchived({
        board_id: board.id,
        text: '% CARD_',
        limit: 7,
        ...(before ? { before } : {}),
      })
      found.push(...page.tasks.map(({ number }) => number))
      if (!page.next) break
      before = page.next
    }
    expect(found).toHaveLength(25)
    expect(new Set(found)).toEqual(new Set(made.slice(0, 25).map(({ number }) => number)))
    expect(found.slice(0, 15).every((number) => number > 10)).toBe(true)
    const whole = await app.api.tasks.listArchived({ board_id: board.id, text: 'CARD_', limit: 25 })
    expect([whole.tasks.length, whole.next]).toEqual([25, null])
    for (const text of ['26', `${board.key.toLowerCase()}-26`])
      expect((await app.api.tasks.listArchived({ board_id: board.id, text })).tasks).toMatchObject([
        { title: 'other' },
      ])
  })
})

it('an archived board stays, with all that is on it, and its windows hear of it', async () => {
  const { board } = await makeBoard(app)
  const told = await eventsDuring(app, board.id, () =>
    app.api.boards.archive({ id: board.id, archived: true }),
  )
  expect(told).toMatchObject([{ type: 'board_updated', data: { archived_at: expect.any(Date) } }])
  expect((await app.api.boards.list()).find(({ id }) => id === board.id)).toMatchObject({
    archived_at: expect.any(Date),
  })
  expect(await app.api.boards.archive({ id: board.id, archived: false })).toMatchObject({ archived_at: null })
})
