import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { failureOf, type LinkClient, openLink } from '../helpers/link-client.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let link: LinkClient
beforeAll(async () => {
  app = await openTestApp()
  link = openLink(app)
})
afterAll(async () => {
  link.close()
  await app[Symbol.asyncDispose]()
})

const uuid = randomUUID()
const board_id = BoardId.parse(uuid)
const column = ColumnId.parse(uuid)
const task = TaskId.parse(uuid)
type Call = (api: LinkClient['api']) => Promise<unknown>

describe('acceptance 3: bounds', () => {
  it.each<[string, string, Call]>([
    ['a board without a name', 'name', (a) => a.boards.create.mutate({ name: '' })],
    ['a board name of blanks', 'name', (a) => a.boards.create.mutate({ name: '   ' })],
    ['a board name of 256 characters', 'name', (a) => a.boards.create.mutate({ name: 'x'.repeat(256) })],
    [
      'a new board name of 256',
      'name',
      (a) => a.boards.update.mutate({ id: board_id, name: 'x'.repeat(256) }),
    ],
    [
      'a board description of 1,001',
      'description',
      (a) => a.boards.create.mutate({ name: 'x', description: 'x'.repeat(1001) }),
    ],
    ['a column without a name', 'name', (a) => a.columns.create.mutate({ board_id, name: '' })],
    ['a column name of 256', 'name', (a) => a.columns.create.mutate({ board_id, name: 'x'.repeat(256) })],
    ['a colour that is none', 'color', (a) => a.columns.update.mutate({ id: column, color: '#12345g' })],
    ['a negative limit', 'wip_limit', (a) => a.columns.update.mutate({ id: column, wip_limit: -1 })],
    [
      'a limit of one and a half',
      'wip_limit',
      (a) => a.columns.update.mutate({ id: column, wip_limit: 1.5 }),
    ],
    [
      'a card without a title',
      'title',
      (a) => a.tasks.create.mutate({ board_id, column_id: column, title: '' }),
    ],
    [
      'a title of 256',
      'title',
      (a) => a.tasks.create.mutate({ board_id, column_id: column, title: 'x'.repeat(256) }),
    ],
    [
      'a description of 5,001',
      'description',
      (a) => a.tasks.update.mutate({ id: task, description: 'x'.repeat(5001) }),
    ],
    ['a status of 51', 'status', (a) => a.tasks.update.mutate({ id: task, status: 'x'.repeat(51) })],
    ['an empty status', 'status', (a) => a.tasks.update.mutate({ id: task, status: '' })],
    [
      'an assignee of 101',
      'assigned_to',
      (a) => a.tasks.update.mutate({ id: task, assigned_to: 'x'.repeat(101) }),
    ],
    [
      'an unknown priority',
      'priority',
      (a) => a.tasks.update.mutate({ id: task, priority: 'critical' as 'high' }),
    ],
    ['an id that is none', 'id', (a) => a.tasks.get.query({ id: 'one' as TaskId })],
  ])('%s is refused at its field, and nothing is written', async (_name, field, call) => {
    const before = await app.api.boards.list()
    const { data } = await failureOf(call(link.api))
    expect(data).toMatchObject({ code: 'BAD_REQUEST', httpStatus: 400 })
    expect(data?.fields).toEqual({ [field]: [expect.any(String)] })
    expect(await app.api.boards.list()).toEqual(before)
  })

  it.each<[string, Call]>([
    ['a board', (a) => a.boards.create.mutate({ name: 'x', colour: 'red' } as { name: string })],
    ['a column', (a) => a.columns.update.mutate({ id: column, colour: 'red' } as { id: ColumnId })],
    ['a card', (a) => a.tasks.update.mutate({ id: task, colour: 'red' } as { id: TaskId })],
  ])('an unknown key of %s is refused by its name', async (_name, call) => {
    const { data } = await failureOf(call(link.api))
    expect(data?.code).toBe('BAD_REQUEST')
    expect(data?.detail).toMatch(/colour/)
  })

  it('what is exactly as long as it may be is kept whole', async () => {
    const { board, backlog } = await makeBoard(app, 'n'.repeat(255))
    await app.api.boards.update({ id: board.id, description: 'd'.repeat(1000) })
    await app.api.columns.update({ id: backlog.id, name: 'c'.repeat(255), color: '#1A2b3C', wip_limit: 0 })
    const created = await app.api.tasks.create({
      board_id: board.id,
      column_id: backlog.id,
      title: 't'.repeat(255),
      description: 'd'.repeat(5000),
    })
    const updated = await app.api.tasks.update({
      id: created.id,
      status: 's'.repeat(50),
      assigned_to: 'a'.repeat(100),
    })
    const detail = await app.api.boards.get({ id: board.id })
    expect(detail.description).toHaveLength(1000)
    expect(detail.columns[0]).toMatchObject({ name: 'c'.repeat(255), color: '#1A2b3C', wip_limit: 0 })
    expect(detail.tasks).toEqual([updated])
    expect(updated).toMatchObject({ title: 't'.repeat(255), description: 'd'.repeat(5000) })
  })

  it('a change keeps what it leaves out, and clears what it says is null', async () => {
    const { board, backlog } = await makeBoard(app)
    await app.api.columns.update({ id: backlog.id, color: '#1A2b3C', wip_limit: 3 })
    const renamed = await app.api.columns.update({ id: backlog.id, name: 'Ideas', color: undefined })
    expect(renamed).toMatchObject({ name: 'Ideas', color: '#1A2b3C', wip_limit: 3 })
    const cleared = await app.api.columns.update({ id: backlog.id, color: null })
    expect(cleared).toMatchObject({ name: 'Ideas', color: null, wip_limit: 3 })

    const [card] = await makeTasks(app, board.id, backlog.id, ['Full'])
    if (!card) throw new Error('no card')
    const { id } = card
    await app.api.tasks.update({ id, description: 'Words', priority: 'high', assigned_to: 'Ada' })
    const kept = await app.api.tasks.update({ id, title: 'Fuller', description: undefined })
    expect(kept).toMatchObject({ description: 'Words', priority: 'high', assigned_to: 'Ada' })
    const empty = { description: null, priority: null, assigned_to: null }
    expect(await app.api.tasks.update({ id, ...empty })).toMatchObject({ title: 'Fuller', ...empty })
  })

  it.each<[string, (a: TestApp['api']) => Promise<unknown>]>([
    ['board', (a) => a.boards.update({ id: board_id, name: 'x' })],
    ['column', (a) => a.columns.update({ id: column, name: 'x' })],
    ['task', (a) => a.tasks.update({ id: task, title: 'x' })],
    ['task to delete', (a) => a.tasks.delete({ id: task })],
    ['column to delete', (a) => a.columns.delete({ id: column })],
    ['board to delete', (a) => a.boards.delete({ id: board_id })],
  ])('an unknown %s is not found', async (_name, call) => {
    expect((await refusalOf(call(app.api))).code).toBe('NOT_FOUND')
  })
})
