import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { eventsDuring } from '../helpers/told.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

async function ruled() {
  const made = await makeBoard(app)
  const { board, backlog, review, done } = made
  const rule = (from: typeof backlog, to: typeof backlog) => ({
    from_column_id: from.id,
    to_column_id: to.id,
  })
  const transitions = [rule(backlog, review), rule(review, done), rule(review, backlog)]
  const set = await app.api.columns.setTransitions({ board_id: board.id, transitions })
  const [card] = await makeTasks(app, board.id, backlog.id, ['card'])
  if (!card) throw new Error('a card')
  return { ...made, card, transitions, set, rule }
}

describe('rules for moves', () => {
  it('allow what they name, and a refusal names what they allow', async () => {
    const { card, backlog, review, done } = await ruled()
    const to = (column: typeof done, version: number) => ({
      id: card.id,
      column_id: column.id,
      order: 1,
      version,
    })
    expect(await refusalOf(app.api.tasks.move(to(done, 1)))).toEqual({
      code: 'PRECONDITION_FAILED',
      detail: {
        error: 'TRANSITION_NOT_ALLOWED',
        message:
          'The rules of this board do not let cards go to “Done”. From “Backlog” cards may go to “Review”.',
        allowed: [review.id],
      },
    })
    expect(await app.api.tasks.get({ id: card.id })).toEqual(card)
    await app.api.tasks.move(to(backlog, 1)) // within a column always
    await app.api.tasks.move(to(review, 2))
    await app.api.tasks.move(to(done, 3))
    expect(await refusalOf(app.api.tasks.move(to(backlog, 4)))).toMatchObject({
      detail: { allowed: [], message: expect.stringContaining('may not go anywhere') },
    })
  })

  it('bind a change of many cards as a whole', async () => {
    const { board, backlog, review, done, card } = await ruled()
    const [other] = await makeTasks(app, board.id, backlog.id, ['other'])
    if (!other) throw new Error('a card')
    const changes = [
      { id: card.id, place: { column_id: review.id, order: 1 } },
      { id: other.id, place: { column_id: done.id, order: 1 } },
    ]
    expect(await refusalOf(app.api.tasks.change({ board_id: board.id, changes }))).toMatchObject({
      detail: { error: 'TRANSITION_NOT_ALLOWED', allowed: [review.id] },
    })
    expect(await app.api.tasks.get({ id: card.id })).toEqual(card)
  })

  it('are replaced as a whole, told, and part of the opened board', async () => {
    const { board, backlog, done, transitions, set, rule, card } = await ruled()
    expect(set).toHaveLength(3)
    expect(set).toEqual(expect.arrayContaining(transitions))
    const next = [rule(backlog, done), rule(backlog, done), rule(done, done)]
    const told = await eventsDuring(app, board.id, () =>
      app.api.columns.setTransitions({ board_id: board.id, transitions: next }),
    )
    const left = [rule(backlog, done)]
    expect(told).toEqual([{ type: 'transitions_updated', data: { transitions: left } }])
    expect((await app.api.boards.open({ id: board.id })).transitions).toEqual(left)
    await app.api.columns.setTransitions({ board_id: board.id, transitions: [] })
    await app.api.tasks.move({ id: card.id, column_id: done.id, order: 1, version: 1 })
  })

  it('name columns of their own board only', async () => {
    const { board, backlog } = await ruled()
    const other = await makeBoard(app, 'Other')
    const transitions = [{ from_column_id: backlog.id, to_column_id: other.done.id }]
    expect((await refusalOf(app.api.columns.setTransitions({ board_id: board.id, transitions }))).code).toBe(
      'NOT_FOUND',
    )
  })

  it('go with a column to the trash, and come back with it', async () => {
    const { board, review, set } = await ruled()
    await app.api.columns.delete({ id: review.id })
    expect((await app.api.boards.open({ id: board.id })).transitions).toEqual([])
    await app.api.columns.restore({ id: review.id })
    expect((await app.api.boards.open({ id: board.id })).transitions).toEqual(set)
  })
})
