import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** Two cards in a column that takes two, and one outside. */
async function full() {
  const { board, backlog, review, done } = await makeBoard(app)
  await app.api.columns.update({ id: review.id, wip_limit: 2 })
  const [first, second] = await makeTasks(app, board.id, review.id, ['first', 'second'])
  const [outside] = await makeTasks(app, board.id, backlog.id, ['outside'])
  if (!first || !second || !outside) throw new Error('three cards')
  return { board, backlog, review, done, first, second, outside }
}

const EXCEEDED = { error: 'WIP_LIMIT_EXCEEDED', limit: 2, count: 2 }

describe('a full column', () => {
  it('refuses a move, a new card, a copy and a card out of the trash, and nothing has changed', async () => {
    const { board, review, first, second, outside } = await full()
    const { api } = app
    const move = { id: outside.id, column_id: review.id, order: 9, version: 1 }
    expect(await refusalOf(api.tasks.move(move))).toEqual({
      code: 'PRECONDITION_FAILED',
      detail: {
        ...EXCEEDED,
        column_id: review.id,
        message: expect.stringContaining('“Review” has 2 cards and a limit of 2.'),
      },
    })
    const create = { board_id: board.id, column_id: review.id, title: 'third' }
    expect(await refusalOf(api.tasks.create(create))).toMatchObject({ detail: EXCEEDED })
    expect(await refusalOf(api.tasks.duplicate({ id: first.id }))).toMatchObject({ detail: EXCEEDED })
    await api.tasks.delete({ id: second.id })
    await api.tasks.create(create)
    expect(await refusalOf(api.tasks.restore({ id: second.id }))).toMatchObject({ detail: EXCEEDED })

    const { tasks } = await api.boards.get({ id: board.id })
    expect(tasks.filter((task) => task.column_id === review.id).map(({ title }) => title)).toEqual([
      'first',
      'third',
    ])
    expect(await api.tasks.get({ id: outside.id })).toEqual(outside)
  })

  it('takes a card that is forced, and the trail and the feed say so', async () => {
    const { board, review, outside } = await full()
    const move = { id: outside.id, column_id: review.id, order: 9, version: 1, force: true }
    expect(await app.api.tasks.move(move)).toMatchObject({ column_id: review.id })
    const [force] = await app.api.audit.list({ entity_id: outside.id })
    expect(force).toMatchObject({
      action: 'force',
      actor: { type: 'person' },
      changes: { before: null, after: { column_id: review.id, limit: 2, count: 3 } },
    })
    const [line] = await app.api.activity.list({ board_id: board.id })
    expect(line).toMatchObject({ event_type: 'moved', metadata: { forced: true } })
    expect(line?.message).toMatch(/above its limit$/)
  })

  it('lets its own cards move within it, and archived ones do not count', async () => {
    const { review, first, second, outside, board } = await full()
    await app.api.tasks.move({ id: first.id, column_id: review.id, order: second.order + 1, version: 1 })
    await app.api.tasks.change({ board_id: board.id, changes: [{ id: second.id, archived: true }] })
    await app.api.tasks.move({ id: outside.id, column_id: review.id, order: 9, version: 1 })
    const back = { board_id: board.id, changes: [{ id: second.id, archived: false }] }
    expect(await refusalOf(app.api.tasks.change(back))).toMatchObject({ detail: EXCEEDED })
  })

  it('counts what comes and what goes in a change of many cards', async () => {
    const { board, backlog, review, first, outside } = await full()
    const swap = [
      { id: outside.id, place: { column_id: review.id, order: 8 } },
      { id: first.id, place: { column_id: backlog.id, order: 8 } },
    ]
    await app.api.tasks.change({ board_id: board.id, changes: swap })
    const [another] = await makeTasks(app, board.id, backlog.id, ['another'])
    const changes = [another, first].flatMap((card) =>
      card ? [{ id: card.id, place: { column_id: review.id, order: 5 } }] : [],
    )
    expect(await refusalOf(app.api.tasks.change({ board_id: board.id, changes }))).toMatchObject({
      detail: EXCEEDED,
    })
    await app.api.tasks.change({ board_id: board.id, changes, force: true })
  })
})

it('no limit and a limit of 0 take everything', async () => {
  const { board, review } = await makeBoard(app)
  await app.api.columns.update({ id: review.id, wip_limit: 0 })
  await makeTasks(app, board.id, review.id, ['a', 'b'])
})
