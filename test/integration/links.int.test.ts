import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Column } from '#shared/column.ts'
import type { TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { eventsDuring } from '../helpers/told.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

async function cards() {
  const made = await makeBoard(app)
  const [a, b, c] = await makeTasks(app, made.board.id, made.backlog.id, ['a', 'b', 'c'])
  if (!a || !b || !c) throw new Error('three cards')
  return { ...made, a, b, c }
}

const blocks = (one: Task, other: Task) =>
  app.api.links.create({ task_id: one.id, other_task_id: other.id, kind: 'blocks' })
const get = (id: TaskId) => app.api.tasks.get({ id })
const moveTo = async (id: TaskId, column: Column) =>
  app.api.tasks.move({ id, column_id: column.id, order: 1, version: (await get(id)).version })
const runsOf = (id: TaskId) => app.api.executions.list({ task_id: id })

describe('a link', () => {
  it('is made once, told, undone, and comes back under its id', async () => {
    const { board, a, b } = await cards()
    const input = { task_id: a.id, other_task_id: b.id, kind: 'relates' as const }
    const told = await eventsDuring(app, board.id, async () => {
      const link = await app.api.links.create(input)
      expect(await app.api.links.create(input)).toEqual(link)
      expect(await app.api.links.create({ ...input, task_id: b.id, other_task_id: a.id })).toEqual(link)
      await app.api.links.delete({ id: link.id })
      expect(await app.api.links.create({ ...input, id: link.id })).toMatchObject({ id: link.id })
    })
    expect(told.map(({ type }) => type)).toEqual(['link_created', 'link_deleted', 'link_created'])
    expect((await app.api.boards.open({ id: board.id })).links).toMatchObject([input])
  })

  it('stays on its board', async () => {
    const { a } = await cards()
    const other = await cards()
    expect((await refusalOf(blocks(a, other.a))).code).toBe('NOT_FOUND')
    expect((await refusalOf(blocks(a, a))).code).toBe('BAD_REQUEST')
  })

  it('that closes a ring is refused with the chain', async () => {
    const { a, b, c } = await cards()
    await blocks(a, b)
    await blocks(b, c)
    const { detail } = await refusalOf(blocks(c, a))
    expect(detail).toMatchObject({ error: 'LINK_CYCLE', chain: [a.id, b.id, c.id] })
    expect(detail).toMatchObject({
      message: expect.stringMatching(/-1 “a” already blocks \S+-2 “b” already blocks \S+-3 “c”/),
    })
    // Other kinds may go round.
    await app.api.links.create({ task_id: c.id, other_task_id: a.id, kind: 'relates' })
  })
})

describe('a blocked card', () => {
  it('is not started by hand unless forced, and the refusal names what blocks it', async () => {
    const { a, b, c } = await cards()
    await blocks(a, c)
    await blocks(b, c)
    expect(await refusalOf(app.api.executions.start({ task_id: c.id }))).toMatchObject({
      code: 'PRECONDITION_FAILED',
      detail: {
        error: 'TASK_BLOCKED',
        blockers: [a.id, b.id],
        message: expect.stringMatching(/waits for \S+-1 “a” and \S+-2 “b”/),
      },
    })
    expect(await app.api.executions.start({ task_id: c.id, force: true })).toMatchObject({ task_id: c.id })
  })

  it('waits in a column that starts agents, and starts once, when its last blocker is done', async () => {
    const { a, b, c, progress, done } = await cards()
    await blocks(a, c)
    await blocks(b, c)
    expect(await moveTo(c.id, progress)).toMatchObject({
      waits_for_blockers: true,
      current_execution_id: null,
    })
    await moveTo(a.id, done)
    expect(await get(c.id)).toMatchObject({ waits_for_blockers: true, current_execution_id: null })
    await moveTo(b.id, done)
    const [run, ...more] = await runsOf(c.id)
    expect(more).toEqual([])
    expect(await get(c.id)).toMatchObject({ waits_for_blockers: false, current_execution_id: run?.id })
  })

  it('waits no more where nothing starts agents', async () => {
    const { a, c, progress, backlog, done } = await cards()
    await blocks(a, c)
    await moveTo(c.id, progress)
    expect(await moveTo(c.id, backlog)).toMatchObject({ waits_for_blockers: false })
    await moveTo(a.id, done)
    expect(await runsOf(c.id)).toEqual([])
  })

  it.each<[string, (all: Awaited<ReturnType<typeof cards>>) => Promise<unknown>]>([
    ['is in the trash', ({ a }) => app.api.tasks.delete({ id: a.id })],
    [
      'is archived',
      ({ board, a }) => app.api.tasks.change({ board_id: board.id, changes: [{ id: a.id, archived: true }] }),
    ],
    [
      'is moved to an end with others',
      ({ board, a, b, done }) =>
        app.api.tasks.change({
          board_id: board.id,
          changes: [a, b].map(({ id }, index) => ({ id, place: { column_id: done.id, order: index } })),
        }),
    ],
    [
      'lies in a column that becomes an end',
      ({ backlog }) => app.api.columns.update({ id: backlog.id, is_end_column: true }),
    ],
    ['goes to the trash with its column', ({ backlog }) => app.api.columns.delete({ id: backlog.id })],
    [
      'blocks it no more',
      async ({ board }) => {
        const { links } = await app.api.boards.open({ id: board.id })
        for (const { id } of links) await app.api.links.delete({ id })
      },
    ],
  ])('starts when its blocker %s', async (_, release) => {
    const all = await cards()
    await blocks(all.a, all.c)
    await moveTo(all.c.id, all.progress)
    await release(all)
    expect(await runsOf(all.c.id)).toHaveLength(1)
    expect(await get(all.c.id)).toMatchObject({ waits_for_blockers: false })
  })

  it('starts once when two apps finish its blockers at the same moment', async () => {
    await using second = await openTestApp({ beside: app })
    const { a, b, c, progress, done } = await cards()
    await blocks(a, c)
    await blocks(b, c)
    await moveTo(c.id, progress)
    const finish = ({ id }: Task, { api }: TestApp) =>
      api.tasks.move({ id, column_id: done.id, order: 1, version: 1 })
    await Promise.all([finish(a, app), finish(b, second)])
    expect(await runsOf(c.id)).toHaveLength(1)
  })

  it('that nobody let go, because the app died, starts at the next start', async () => {
    const { a, c, progress, done } = await cards()
    await blocks(a, c)
    await moveTo(c.id, progress)
    await app.ctx.db.execute(sql`update tasks set column_id = ${done.id} where id = ${a.id}`)
    expect(await runsOf(c.id)).toEqual([])
    await using _next = await openTestApp({ beside: app })
    expect(await runsOf(c.id)).toHaveLength(1)
  })

  it('restored from the trash after its blocker was done starts then', async () => {
    const { a, c, progress, done } = await cards()
    await blocks(a, c)
    await moveTo(c.id, progress)
    await app.api.tasks.delete({ id: c.id })
    await moveTo(a.id, done)
    expect(await runsOf(c.id)).toEqual([])
    await app.api.tasks.restore({ id: c.id })
    expect(await runsOf(c.id)).toHaveLength(1)
  })
})
