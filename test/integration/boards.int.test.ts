import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

describe('boards', () => {
  it('leave the list when they are deleted, and come back with all that is on them', async () => {
    const { board, backlog } = await makeBoard(app, 'Doomed')
    const [task] = await makeTasks(app, board.id, backlog.id, ['Kept'])
    expect(await app.api.boards.delete({ id: board.id })).toEqual({ id: board.id })
    expect((await app.api.boards.list()).map((item) => item.id)).not.toContain(board.id)
    expect(await refusalOf(app.api.boards.get({ id: board.id }))).toEqual({
      code: 'NOT_FOUND',
      detail: `Board ${board.id} not found`,
    })
    await app.api.boards.restore({ id: board.id })
    expect((await app.api.boards.get({ id: board.id })).tasks).toEqual([task])
  })

  it('never share a key, not even with one in the trash', async () => {
    const first = await app.api.boards.create({ name: 'Zebra' })
    await app.api.boards.delete({ id: first.id })
    const second = await app.api.boards.create({ name: 'Zebra' })
    expect([first.key, second.key]).toEqual(['ZEB', 'ZEB2'])
  })
})

describe('columns', () => {
  it('take their cards into the trash and bring them back', async () => {
    const { board, backlog } = await makeBoard(app)
    const tasks = await makeTasks(app, board.id, backlog.id, ['a', 'b'])
    await app.api.columns.delete({ id: backlog.id })
    expect((await app.api.boards.get({ id: board.id })).tasks).toEqual([])
    await app.api.columns.restore({ id: backlog.id })
    expect((await app.api.boards.get({ id: board.id })).tasks).toEqual(tasks)
  })
})

describe('cards', () => {
  it('are added at the bottom, with defaults and a number that is never given twice', async () => {
    const { board, backlog } = await makeBoard(app)
    const [first, second] = await makeTasks(app, board.id, backlog.id, ['One', 'Two'])
    expect(second).toMatchObject({
      number: 2,
      order: (first?.order ?? 0) + 1,
      status: 'open',
      version: 1,
      priority: null,
      assigned_to: null,
      description: null,
    })
    if (second) await app.api.tasks.delete({ id: second.id })
    const [third] = await makeTasks(app, board.id, backlog.id, ['Three'])
    expect(third?.number).toBe(3)
  })

  it('get a new version and place by a move', async () => {
    const { board, backlog, review } = await makeBoard(app)
    const [task] = await makeTasks(app, board.id, backlog.id, ['Move me'])
    if (!task) throw new Error('no card')
    const moved = await app.api.tasks.move({ id: task.id, column_id: review.id, order: 1.5, version: 1 })
    expect(moved).toMatchObject({ column_id: review.id, order: 1.5, version: 2 })
    expect(await app.api.tasks.get({ id: task.id })).toEqual(moved)
  })

  it('of a stale version are not overwritten', async () => {
    const { board, backlog } = await makeBoard(app)
    const [task] = await makeTasks(app, board.id, backlog.id, ['Edited'])
    if (!task) throw new Error('no card')
    await app.api.tasks.update({ id: task.id, title: 'Edited once' })
    const late = app.api.tasks.update({ id: task.id, title: 'Edited late', version: task.version })
    expect((await refusalOf(late)).code).toBe('CONFLICT')
    expect((await app.api.tasks.get({ id: task.id })).title).toBe('Edited once')
  })
})
