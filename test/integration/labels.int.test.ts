import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LabelId } from '#shared/ids.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { eventsDuring } from '../helpers/told.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

async function labelled() {
  const { board, backlog } = await makeBoard(app)
  const bug = await app.api.labels.create({ board_id: board.id, name: 'bug', color: '#FF0000' })
  const [a, b, c] = await makeTasks(app, board.id, backlog.id, ['a', 'b', 'c'])
  if (!a || !b || !c) throw new Error('three cards')
  for (const { id } of [a, b]) await app.api.tasks.update({ id, label_ids: [bug.id] })
  return { board, bug, a, b, c }
}

const labelsOf = async (boardId: Parameters<TestApp['api']['boards']['get']>[0]['id']) =>
  (await app.api.boards.get({ id: boardId })).tasks.map((task) => task.label_ids)

describe('a label', () => {
  it('is made, changed and told, and is part of the opened board', async () => {
    const { board } = await makeBoard(app)
    const told = await eventsDuring(app, board.id, async () => {
      const { id } = await app.api.labels.create({ board_id: board.id, name: ' bug ', color: '#FF0000' })
      await app.api.labels.update({ id, color: '#00FF00' })
    })
    const [label] = await app.api.labels.list({ board_id: board.id })
    expect(label).toMatchObject({ name: 'bug', color: '#00FF00' })
    expect(told).toEqual([
      { type: 'label_created', data: { ...label, color: '#FF0000', updated_at: expect.any(Date) } },
      { type: 'label_updated', data: label },
    ])
    expect((await app.api.boards.open({ id: board.id })).labels).toEqual([label])
  })

  it('has a name of its own, whatever the case', async () => {
    const { board, bug } = await labelled()
    const again = { board_id: board.id, name: 'BUG', color: '#000000' }
    expect(await refusalOf(app.api.labels.create(again))).toMatchObject({
      code: 'BAD_REQUEST',
      detail: { error: 'NAME_TAKEN' },
    })
    expect(await app.api.labels.update({ id: bug.id, name: 'Bug' })).toMatchObject({ name: 'Bug' })
    const other = await makeBoard(app, 'Other')
    await app.api.labels.create({ ...again, board_id: other.board.id })
  })

  it('comes off all its cards when it is deleted, in one event, and comes back the same', async () => {
    const { board, bug, a, b } = await labelled()
    await app.api.tasks.delete({ id: b.id })
    let deleted: Awaited<ReturnType<typeof app.api.labels.delete>> | undefined
    const told = await eventsDuring(app, board.id, async () => {
      deleted = await app.api.labels.delete({ id: bug.id })
    })
    expect(told).toEqual([{ type: 'label_deleted', data: { id: bug.id } }])
    expect(deleted?.task_ids.toSorted()).toEqual([a.id, b.id].toSorted())
    expect(await labelsOf(board.id)).toEqual([[], []])

    if (deleted) expect(await app.api.labels.restore(deleted)).toMatchObject({ id: bug.id, name: 'bug' })
    await app.api.tasks.restore({ id: b.id })
    expect(await labelsOf(board.id)).toEqual([[bug.id], [bug.id], []])
    if (deleted)
      expect(await refusalOf(app.api.labels.restore(deleted))).toMatchObject({
        detail: { error: 'NOT_DELETED' },
      })
  })

  it('goes into another one: its cards carry that instead, each once', async () => {
    const { board, bug, b } = await labelled()
    const idea = await app.api.labels.create({ board_id: board.id, name: 'idea', color: '#00FF00' })
    await app.api.tasks.update({ id: b.id, label_ids: [bug.id, idea.id] })
    expect(await app.api.labels.merge({ id: bug.id, into_id: idea.id })).toMatchObject({
      label: { id: bug.id },
      into: { id: idea.id },
    })
    expect(await labelsOf(board.id)).toEqual([[idea.id], [idea.id], []])
    expect((await app.api.labels.list({ board_id: board.id })).map(({ id }) => id)).toEqual([idea.id])
    expect(await refusalOf(app.api.labels.merge({ id: idea.id, into_id: idea.id }))).toMatchObject({
      detail: { error: 'SAME_LABEL' },
    })
  })

  it('comes out of another one again: each card carries what it had, and what others put on it since', async () => {
    const { board, bug, a, b } = await labelled()
    const idea = await app.api.labels.create({ board_id: board.id, name: 'idea', color: '#00FF00' })
    await app.api.tasks.update({ id: b.id, label_ids: [bug.id, idea.id] })
    const merged = await app.api.labels.merge({ id: bug.id, into_id: idea.id })
    const c = (await app.api.boards.get({ id: board.id })).tasks.find(({ id }) => id !== a.id && id !== b.id)
    if (c) await app.api.tasks.update({ id: c.id, label_ids: [idea.id] })
    const { into, ...rest } = merged
    expect(await app.api.labels.unmerge({ ...rest, into_id: into.id })).toMatchObject({ id: bug.id })
    expect(await labelsOf(board.id)).toEqual([[bug.id], [idea.id, bug.id], [idea.id]])
    expect(await refusalOf(app.api.labels.unmerge({ ...rest, into_id: into.id }))).toMatchObject({
      detail: { error: 'NOT_DELETED' },
    })
  })

  it('of another board cannot be put on a card', async () => {
    const { a } = await labelled()
    const other = await labelled()
    const label_ids: LabelId[] = [other.bug.id]
    expect(await refusalOf(app.api.tasks.update({ id: a.id, label_ids }))).toEqual({
      code: 'NOT_FOUND',
      detail: `Label ${other.bug.id} not found`,
    })
  })

  it('is one of at most 500 on a board', async () => {
    const { board } = await makeBoard(app)
    const { db } = app.ctx
    await db.execute(
      sql`insert into labels (board_id, name, color) select ${board.id}, 'label ' || n, '#000000' from generate_series(1, 500) n`,
    )
    const more = app.api.labels.create({ board_id: board.id, name: 'one more', color: '#000000' })
    expect(await refusalOf(more)).toMatchObject({ detail: { error: 'TOO_MANY_LABELS' } })
    expect((await app.api.boards.open({ id: board.id })).labels).toHaveLength(500)
  })
})
