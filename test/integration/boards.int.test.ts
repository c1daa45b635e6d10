import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

describe('boards', () => {
  it('are listed newest first, without settings', async () => {
    const first = await app.api.boards.create({ name: 'First' })
    const second = await app.api.boards.create({ name: 'Second', description: 'with words' })
    const [a, b] = await app.api.boards.list()
    expect([a?.id, b?.id]).toEqual([second.id, first.id])
    expect(a).toEqual({
      id: second.id,
      name: 'Second',
      description: 'with words',
      key: second.key,
      project_id: null,
      project_path: null,
      task_count: 0,
      running_count: 0,
      created_at: second.created_at,
    })
  })

  it('have empty lists, not nothing, when they are new', async () => {
    const board = await app.api.boards.create({ name: 'Empty' })
    expect(await app.api.boards.get({ id: board.id })).toMatchObject({
      name: 'Empty',
      description: null,
      settings: {},
      columns: [],
      tasks: [],
      executions: [],
    })
  })

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
  it('are added at the end and drawn in their order', async () => {
    const { board, done } = await makeBoard(app)
    const column = await app.api.columns.create({ board_id: board.id, name: 'Later' })
    expect(column.order).toBe(done.order + 1)
    await app.api.columns.move({ id: column.id, order: 0.5 })
    const { columns } = await app.api.boards.get({ id: board.id })
    expect(columns.map((each) => each.name)).toEqual(['Later', 'Backlog', 'In progress', 'Review', 'Done'])
  })

  it('keep what is left out of a change, and clear what is null', async () => {
    const { backlog } = await makeBoard(app)
    await app.api.columns.update({ id: backlog.id, color: '#1A2b3C', wip_limit: 3 })
    const renamed = await app.api.columns.update({ id: backlog.id, name: 'Ideas' })
    expect(renamed).toMatchObject({ name: 'Ideas', color: '#1A2b3C', wip_limit: 3 })
    expect(await app.api.columns.update({ id: backlog.id, color: null })).toMatchObject({
      color: null,
      wip_limit: 3,
    })
  })

  it('take their cards into the trash and bring them back', async () => {
    const { board, backlog } = await makeBoard(app)
    const tasks = await makeTasks(app, board.id, backlog.id, ['a', 'b'])
    await app.api.columns.delete({ id: backlog.id })
    expect((await app.api.boards.get({ id: board.id })).tasks).toEqual([])
    await app.api.columns.restore({ id: backlog.id })
    expect((await app.api.boards.get({ id: board.id })).tasks).toEqual(tasks)
  })

  it('are numbered anew when no room is left between them', async () => {
    const { board, backlog, done } = await makeBoard(app)
    await app.api.columns.move({ id: done.id, order: backlog.order + 1e-10 })
    const { columns } = await app.api.boards.get({ id: board.id })
    expect(columns.map((column) => [column.name, column.order])).toEqual([
      ['Backlog', 1],
      ['Done', 2],
      ['In progress', 3],
      ['Review', 4],
    ])
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

  it('of two movers only one wins, and the other is told both versions', async () => {
    const { board, backlog, review } = await makeBoard(app)
    const [task] = await makeTasks(app, board.id, backlog.id, ['Contested'])
    if (!task) throw new Error('no card')
    const move = (order: number) =>
      app.api.tasks.move({ id: task.id, column_id: review.id, order, version: 1 })
    const results = await Promise.allSettled([move(1), move(2), move(3)])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(await refusalOf(move(9))).toEqual({
      code: 'CONFLICT',
      detail: {
        error: 'VERSION_CONFLICT',
        message: 'Task was modified by another user',
        server_version: 2,
        client_version: 1,
      },
    })
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

  it('keep their order after 60 drops into the same gap', async () => {
    const { board, backlog } = await makeBoard(app)
    const titles = Array.from({ length: 12 }, (_, index) => `card ${index}`)
    const tasks = await makeTasks(app, board.id, backlog.id, titles)
    const expected = tasks.map((task) => task.id)
    for (let drop = 0; drop < 60; drop += 1) {
      // The last card goes to the second place, again and again.
      const now = (await app.api.boards.get({ id: board.id })).tasks
      const [top, next] = now
      const last = now.at(-1)
      if (!top || !next || !last) throw new Error('no cards')
      await app.api.tasks.move({
        id: last.id,
        column_id: backlog.id,
        order: (top.order + next.order) / 2,
        version: last.version,
      })
      const id = expected.pop()
      if (id) expected.splice(1, 0, id)
    }
    const end = (await app.api.boards.get({ id: board.id })).tasks
    expect(end.map((task) => task.id)).toEqual(expected)
    expect(new Set(end.map((task) => task.order)).size).toBe(end.length)
  })

  it('of other boards and columns are not found', async () => {
    const here = await makeBoard(app, 'Here')
    const there = await makeBoard(app, 'There')
    const [task] = await makeTasks(app, here.board.id, here.backlog.id, ['Stay'])
    if (!task) throw new Error('no card')
    const foreign = app.api.tasks.move({ id: task.id, column_id: there.backlog.id, order: 1, version: 1 })
    expect((await refusalOf(foreign)).code).toBe('NOT_FOUND')
    const created = app.api.tasks.create({ board_id: here.board.id, column_id: there.backlog.id, title: 'x' })
    expect((await refusalOf(created)).code).toBe('NOT_FOUND')
  })
})

describe('what is out of bounds is refused, and nothing is written', () => {
  const id = randomUUID()
  it.each<[string, (a: TestApp['api']) => Promise<unknown>]>([
    ['a board without a name', (a) => a.boards.create({ name: '' })],
    ['a board name of blanks', (a) => a.boards.create({ name: '   ' })],
    ['a board name of 256 characters', (a) => a.boards.create({ name: 'x'.repeat(256) })],
    ['a board description of 1,001', (a) => a.boards.create({ name: 'x', description: 'x'.repeat(1001) })],
    ['a column name of 256', (a) => a.columns.create({ board_id: BoardId.parse(id), name: 'x'.repeat(256) })],
    ['a colour that is none', (a) => a.columns.update({ id: ColumnId.parse(id), color: '#12345g' })],
    ['a negative limit', (a) => a.columns.update({ id: ColumnId.parse(id), wip_limit: -1 })],
    [
      'a title of 256',
      (a) =>
        a.tasks.create({
          board_id: BoardId.parse(id),
          column_id: ColumnId.parse(id),
          title: 'x'.repeat(256),
        }),
    ],
    [
      'a description of 5,001',
      (a) => a.tasks.update({ id: TaskId.parse(id), description: 'x'.repeat(5001) }),
    ],
    ['a status of 51', (a) => a.tasks.update({ id: TaskId.parse(id), status: 'x'.repeat(51) })],
    ['an assignee of 101', (a) => a.tasks.update({ id: TaskId.parse(id), assigned_to: 'x'.repeat(101) })],
    ['an unknown priority', (a) => a.tasks.update({ id: TaskId.parse(id), priority: 'critical' as 'high' })],
    ['an unknown key', (a) => a.tasks.update({ id: TaskId.parse(id), colour: 'red' } as { id: TaskId })],
  ])('%s', async (_name, call) => {
    const before = await app.api.boards.list()
    expect((await refusalOf(call(app.api))).code).toBe('BAD_REQUEST')
    expect(await app.api.boards.list()).toEqual(before)
  })

  it.each<[string, (a: TestApp['api']) => Promise<unknown>]>([
    ['board', (a) => a.boards.update({ id: BoardId.parse(id), name: 'x' })],
    ['column', (a) => a.columns.update({ id: ColumnId.parse(id), name: 'x' })],
    ['task', (a) => a.tasks.update({ id: TaskId.parse(id), title: 'x' })],
    ['task to delete', (a) => a.tasks.delete({ id: TaskId.parse(id) })],
    ['column to delete', (a) => a.columns.delete({ id: ColumnId.parse(id) })],
    ['board to delete', (a) => a.boards.delete({ id: BoardId.parse(id) })],
  ])('an unknown %s is not found', async (_name, call) => {
    expect((await refusalOf(call(app.api))).code).toBe('NOT_FOUND')
  })

  it('255 and 5,000 characters are fine', async () => {
    const { board, backlog } = await makeBoard(app, 'n'.repeat(255))
    const task = await app.api.tasks.create({
      board_id: board.id,
      column_id: backlog.id,
      title: 't'.repeat(255),
      description: 'd'.repeat(5000),
    })
    expect(task.description).toHaveLength(5000)
  })
})
