import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBoard, makeTasks } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

describe('acceptance 4: lists', () => {
  it('boards are listed newest first, without settings', async () => {
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
      archived_at: null,
      project_path: null,
      task_count: 0,
      running_count: 0,
      queued_count: 0,
      needs_you_count: 0,
      failed_count: 0,
      created_at: second.created_at,
    })
  })

  it('no boards are an empty list', async () => {
    await using empty = await openTestApp()
    expect(await empty.api.boards.list()).toEqual([])
  })

  it('a new board has empty lists, not nothing', async () => {
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

  it('a new column lands last, and columns come in their order', async () => {
    const { board, done } = await makeBoard(app)
    const column = await app.api.columns.create({ board_id: board.id, name: 'Later' })
    expect(column.order).toBe(done.order + 1)
    await app.api.columns.move({ id: column.id, order: 0.5 })
    const { columns } = await app.api.boards.get({ id: board.id })
    expect(columns.map((each) => each.name)).toEqual(['Later', 'Backlog', 'In progress', 'Review', 'Done'])
  })

  it('a new card lands last in its column, also after the last one went to the trash; cards come in their order', async () => {
    const { board, backlog } = await makeBoard(app)
    const [one, two] = await makeTasks(app, board.id, backlog.id, ['One', 'Two'])
    if (!one || !two) throw new Error('no cards')
    await app.api.tasks.delete({ id: two.id })
    const [three] = await makeTasks(app, board.id, backlog.id, ['Three'])
    await app.api.tasks.restore({ id: two.id })
    expect([one.order, two.order, three?.order]).toEqual([1, 2, 3])
    await app.api.tasks.move({ id: one.id, column_id: backlog.id, order: 2.5, version: 1 })
    const { tasks } = await app.api.boards.get({ id: board.id })
    expect(tasks.map((task) => task.title)).toEqual(['Two', 'One', 'Three'])
  })

  it('columns and cards of the same place come by age', async () => {
    const { board, backlog, review } = await makeBoard(app)
    await app.ctx.db.execute(`UPDATE columns SET "order" = 1 WHERE board_id = '${board.id}'`)
    await makeTasks(app, board.id, backlog.id, ['Old', 'Young'])
    await app.ctx.db.execute(`UPDATE tasks SET "order" = 1 WHERE board_id = '${board.id}'`)
    const { columns, tasks } = await app.api.boards.get({ id: board.id })
    expect(columns.map((column) => column.name)).toEqual(['Backlog', 'In progress', 'Review', 'Done'])
    expect(columns[2]?.id).toBe(review.id)
    expect(tasks.map((task) => task.title)).toEqual(['Old', 'Young'])
  })
})
