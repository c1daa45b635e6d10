import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoardId } from '#shared/ids.ts'
import { calculateOrder } from '#shared/order.ts'
import { makeBoard, makeTasks } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

const tasksOf = async (id: BoardId) => (await app.api.boards.get({ id })).tasks

describe('acceptance 1: order', () => {
  it('cards keep their order after 60 drops into the same gap, and the column is numbered anew', async () => {
    const { board, backlog } = await makeBoard(app)
    const titles = Array.from({ length: 12 }, (_, index) => `card ${index}`)
    const expected = (await makeTasks(app, board.id, backlog.id, titles)).map((task) => task.id)
    let renumbered = 0
    for (let drop = 0; drop < 60; drop += 1) {
      // The last card goes to the second place, again and again.
      const now = await tasksOf(board.id)
      const [top, next] = now
      const last = now.at(-1)
      if (!top || !next || !last) throw new Error('no cards')
      const order = calculateOrder(top.order, next.order)
      const { id, version } = last
      const moved = await app.api.tasks.move({ id, column_id: backlog.id, order, version })
      if (moved.order !== order) renumbered += 1
      expected.splice(1, 0, ...expected.splice(-1))
    }
    const end = await tasksOf(board.id)
    expect(end.map((task) => task.id)).toEqual(expected)
    expect(new Set(end.map((task) => task.order)).size).toBe(end.length)
    expect(renumbered).toBeGreaterThan(0)
  })

  it('a renumbered column tells the new place of each card, and makes no new version of those that nobody moved', async () => {
    const { board, backlog } = await makeBoard(app)
    const [first, second, third] = await makeTasks(app, board.id, backlog.id, ['One', 'Two', 'Three'])
    if (!first || !second || !third) throw new Error('no cards')
    const order = first.order + 1e-10
    await app.api.tasks.move({ id: third.id, column_id: backlog.id, order, version: third.version })
    const now = await tasksOf(board.id)
    expect(now.map(({ title, order, version }) => [title, order, version])).toEqual([
      ['One', 1, 1],
      ['Three', 2, 2],
      ['Two', 3, 1],
    ])
  })

  it.each([7, 1e9, -1e15])(
    'a card that comes to the very order of another one, %d, has a place of its own',
    async (order) => {
      const { board, backlog, review } = await makeBoard(app)
      const place = { board_id: board.id, column_id: review.id }
      await app.api.tasks.create({ ...place, title: 'There', order })
      const [moved] = await makeTasks(app, board.id, backlog.id, ['Moved'])
      if (!moved) throw new Error('no card')
      await app.api.tasks.move({ id: moved.id, column_id: review.id, order, version: 1 })
      await app.api.tasks.create({ ...place, title: 'Made', order: 2 })
      const cards = await tasksOf(board.id)
      expect(cards.map((task) => task.order)).toEqual([1, 2, 3])
    },
  )

  it('columns are numbered anew when no room is left between them', async () => {
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

  it('two who drop a card each into the same gap at once both keep an own place', async () => {
    const { board, backlog, review } = await makeBoard(app)
    await makeTasks(app, board.id, review.id, ['Above', 'Below'])
    const [one, two] = await makeTasks(app, board.id, backlog.id, ['One', 'Two'])
    if (!one || !two) throw new Error('no cards')
    const drop = (id: typeof one.id) =>
      app.api.tasks.move({ id, column_id: review.id, order: calculateOrder(1, 2), version: 1 })
    await Promise.all([drop(one.id), drop(two.id)])
    const cards = (await tasksOf(board.id)).filter((task) => task.column_id === review.id)
    expect(new Set(cards.map((task) => task.order)).size).toBe(4)
    expect([cards[0]?.title, cards[3]?.title]).toEqual(['Above', 'Below'])
  })
})
