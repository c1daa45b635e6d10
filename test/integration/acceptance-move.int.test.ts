import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { failureOf, openLink } from '../helpers/link-client.ts'
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

async function makeCard() {
  const made = await makeBoard(app)
  const [task] = await makeTasks(app, made.board.id, made.backlog.id, ['Contested'])
  if (!task) throw new Error('no card')
  return { ...made, task }
}

describe('acceptance 2: tasks.move', () => {
  it('with a stale version is a CONFLICT whose detail the window sees', async () => {
    const { task, review } = await makeCard()
    await app.api.tasks.update({ id: task.id, title: 'Changed first' })
    const link = openLink(app)
    const move = { id: task.id, column_id: review.id, order: 1, version: task.version }
    const { data } = await failureOf(link.api.tasks.move.mutate(move))
    link.close()
    expect(data).toMatchObject({
      code: 'CONFLICT',
      httpStatus: 409,
      detail: {
        error: 'VERSION_CONFLICT',
        message: 'Task was modified by another user',
        server_version: 2,
        client_version: 1,
      },
    })
    expect(await app.api.tasks.get({ id: task.id })).toMatchObject({ column_id: task.column_id, version: 2 })
  })

  it.each([
    ['one app', () => [app, app, app]],
    ['two apps on one database', () => [app, beside, beside]],
  ])('of movers at once through %s exactly one wins', async (_name, apps) => {
    const { task, review } = await makeCard()
    const moves = apps().map(({ api }, index) =>
      api.tasks.move({ id: task.id, column_id: review.id, order: index + 1, version: 1 }),
    )
    const results = await Promise.allSettled(moves)
    const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    expect(winners).toHaveLength(1)
    expect(await app.api.tasks.get({ id: task.id })).toEqual(winners[0])
    for (const [index, move] of moves.entries()) {
      if (results[index]?.status === 'rejected') expect((await refusalOf(move)).code).toBe('CONFLICT')
    }
  })

  it('to a column of another board is NOT_FOUND, and so is a new card there', async () => {
    const { board, task } = await makeCard()
    const there = await makeBoard(app, 'There')
    const { id: column_id } = there.backlog
    expect(await refusalOf(app.api.tasks.move({ id: task.id, column_id, order: 1, version: 1 }))).toEqual({
      code: 'NOT_FOUND',
      detail: `Column ${column_id} not found`,
    })
    const created = app.api.tasks.create({ board_id: board.id, column_id, title: 'x' })
    expect((await refusalOf(created)).code).toBe('NOT_FOUND')
  })

  it('of a card, or to a column, in the trash is NOT_FOUND', async () => {
    const { task, review } = await makeCard()
    const move = { id: task.id, column_id: review.id, order: 1, version: 1 }
    await app.api.columns.delete({ id: review.id })
    expect((await refusalOf(app.api.tasks.move(move))).code).toBe('NOT_FOUND')
    await app.api.columns.restore({ id: review.id })
    await app.api.tasks.delete({ id: task.id })
    expect((await refusalOf(app.api.tasks.move(move))).code).toBe('NOT_FOUND')
  })
})
