import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Task, TaskChange } from '#shared/task.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { eventsDuring } from '../helpers/told.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

async function filled(titles = ['a', 'b', 'c']) {
  const made = await makeBoard(app)
  const tasks = await makeTasks(app, made.board.id, made.backlog.id, titles)
  const change = (changes: TaskChange[], force?: boolean) =>
    app.api.tasks.change({ board_id: made.board.id, changes, ...(force ? { force } : {}) })
  const all = async () => (await app.api.boards.get({ id: made.board.id })).tasks
  return { ...made, tasks, change, all }
}

describe('a change of many cards', () => {
  it('asks whoever runs the agents of cards that leave the board to cancel them, and no others', async () => {
    const { board, tasks, change } = await filled()
    const [a, b, c] = tasks.map(({ id }) => id)
    if (!a || !b || !c) throw new Error('three cards')
    const { db } = app.ctx
    await db.execute(sql`
      INSERT INTO executions (task_id, board_id, workflow_type, provider, status, owner_id, lease_expires_at)
      SELECT id, board_id, 'development', 'scripted', 'running', gen_random_uuid(), now() + interval '1 hour'
      FROM tasks WHERE board_id = ${board.id}`)
    await change([
      { id: a, trashed: true },
      { id: b, archived: true },
      { id: c, set: { priority: 'high' } },
    ])
    const { rows } = await db.execute(sql`
      SELECT task_id FROM executions WHERE board_id = ${board.id} AND cancel_requested_at IS NOT NULL`)
    expect(rows.map(({ task_id }) => task_id).toSorted()).toEqual([a, b].toSorted())
  })

  it('sets, moves, archives and throws away in one go, and answers the cards as they are', async () => {
    const { board, tasks, change, review } = await filled(['a', 'b', 'c', 'd'])
    const [a, b, c, d] = tasks.map(({ id }) => id)
    if (!a || !b || !c || !d) throw new Error('four cards')
    const label = await app.api.labels.create({ board_id: board.id, name: 'bug', color: '#FF0000' })
    let answer: Task[] = []
    const told = await eventsDuring(app, board.id, async () => {
      const changed = await change([
        { id: d, archived: true },
        { id: a, version: 1, set: { priority: 'high', label_ids: [label.id], due_date: '2026-02-28' } },
        { id: b, set: { estimate: 2.5 }, place: { column_id: review.id, order: 7 } },
        { id: c, trashed: true },
      ])
      answer = changed.tasks
    })
    expect(answer).toMatchObject([
      { id: d, version: 1, archived_at: expect.any(Date) },
      { id: a, version: 2, priority: 'high', label_ids: [label.id], due_date: '2026-02-28' },
      { id: b, version: 2, estimate: 2.5, column_id: review.id, order: 7 },
      { id: c, version: 1 },
    ])
    expect(told).toEqual([
      { type: 'task_archived', data: { id: d } },
      { type: 'task_updated', data: answer[1] },
      { type: 'task_moved', data: answer[2] },
      { type: 'task_deleted', data: { id: c } },
    ])
    const lines = await app.api.activity.list({ board_id: board.id, limit: 7 })
    expect(lines.map(({ event_type }) => event_type).toReversed()).toEqual([
      'archived',
      'updated',
      'updated',
      'priority_changed',
      'updated',
      'moved',
      'deleted',
    ])
    expect(await app.api.tasks.get({ id: a })).toEqual(answer[1])
  })

  it('happens wholly or not at all', async () => {
    const { tasks, change, all, board } = await filled()
    const before = await all()
    const [a, b] = tasks.map(({ id }) => id)
    if (!a || !b) throw new Error('cards')
    const other = await filled(['elsewhere'])
    const [elsewhere] = other.tasks
    if (!elsewhere) throw new Error('a card')
    const good: TaskChange = { id: a, set: { title: 'changed' } }
    const refusals: [TaskChange, string][] = [
      [{ id: elsewhere.id, set: { title: 'x' } }, 'NOT_FOUND'],
      [{ id: b, place: { column_id: other.review.id, order: 1 } }, 'NOT_FOUND'],
      [{ id: b, version: 9, trashed: true }, 'CONFLICT'],
      [{ id: b, set: { title: '' } }, 'BAD_REQUEST'],
      [{ id: a, trashed: true }, 'BAD_REQUEST'],
    ]
    const told = await eventsDuring(app, board.id, async () => {
      for (const [bad, code] of refusals) expect((await refusalOf(change([good, bad]))).code).toBe(code)
    })
    expect(await all()).toEqual(before)
    expect(told).toEqual([])
  })

  it('names all cards that others changed meanwhile; a single one as a move does', async () => {
    const { tasks, change } = await filled()
    for (const { id } of tasks.slice(0, 2)) await app.api.tasks.update({ id, status: 'done' })
    const stale = tasks.map(({ id, version }) => ({ id, version, trashed: true }))
    const conflicts = tasks.slice(0, 2).map(({ id }) => ({ id, server_version: 2, client_version: 1 }))
    expect(await refusalOf(change(stale))).toEqual({
      code: 'CONFLICT',
      detail: { error: 'VERSION_CONFLICT', message: '2 tasks were modified by another user', conflicts },
    })
    expect(await refusalOf(change(stale.slice(1)))).toMatchObject({
      detail: { message: 'Task was modified by another user', server_version: 2, client_version: 1 },
    })
  })

  it('starts agents in a column that says so, each card once', async () => {
    const { tasks, change, progress, backlog } = await filled()
    const [blocker, blocked, free] = tasks
    if (!blocker || !blocked || !free) throw new Error('three cards')
    await app.api.links.create({ task_id: blocker.id, other_task_id: blocked.id, kind: 'blocks' })
    const into = [blocked, free].map(({ id }, index) => ({
      id,
      place: { column_id: progress.id, order: index },
    }))
    const { tasks: moved } = await change(into)
    expect(moved).toMatchObject([
      { waits_for_blockers: true, current_execution_id: null },
      { waits_for_blockers: false, current_execution_id: expect.any(String) },
    ])
    await change([{ id: free.id, place: { column_id: progress.id, order: 9 } }])
    await change([{ id: blocked.id, place: { column_id: backlog.id, order: 9 } }])
    expect(await app.api.executions.list({ task_id: free.id })).toHaveLength(1)
    expect(await app.api.executions.list({ task_id: blocked.id })).toEqual([])
  })

  it('keeps room between cards', async () => {
    const { tasks, change, backlog, all } = await filled()
    const [a, b, c] = tasks.map(({ id }) => id)
    if (!a || !b || !c) throw new Error('three cards')
    await change([
      { id: a, place: { column_id: backlog.id, order: 5 } },
      { id: b, place: { column_id: backlog.id, order: 5 + 1e-12 } },
    ])
    expect((await all()).map(({ title, order }) => [title, order])).toEqual([
      ['c', 1],
      ['a', 2],
      ['b', 3],
    ])
  })

  it('takes 500 cards, and no more', async () => {
    const { board, backlog, review, change } = await filled([])
    const titles = Array.from({ length: 501 }, (_, index) => `card ${index}`)
    const tasks = await makeTasks(app, board.id, backlog.id, titles)
    const moves = tasks.map(({ id }, index) => ({ id, place: { column_id: review.id, order: index } }))
    expect((await refusalOf(change(moves))).code).toBe('BAD_REQUEST')
    const { tasks: moved } = await change(moves.slice(0, 500))
    expect(moved.map((task) => task.id)).toEqual(tasks.slice(0, 500).map((task) => task.id))
    expect((await app.api.boards.open({ id: board.id })).counts).toHaveLength(2)
  })
})

describe('what undo stands on', () => {
  const FIELDS = [
    'title',
    'description',
    'priority',
    'estimate',
    'due_date',
    'status',
    'acceptance_criteria',
  ] as const

  it('a change and its inverse leave every card as it was, for any changes', async () => {
    const { tasks, change, all, review, done, backlog } = await filled(['a', 'b', 'c', 'd', 'e'])
    let seed = 11
    const chance = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return Math.floor((seed / 2 ** 31) * below)
    }
    const pick = <T>(list: readonly T[]) => list[chance(list.length)] as T
    const there = {
      set: () => ({
        set: {
          title: pick(['x', 'y 🤖', 'z\t"']),
          description: pick([null, '- [x] done\n- [ ] not']),
          priority: pick(['low', 'urgent', null] as const),
          estimate: pick([null, 0, 0.5, 1000]),
          due_date: pick([null, '2024-02-29']),
        },
      }),
      place: () => ({ place: { column_id: pick([review, done, backlog]).id, order: chance(1e6) } }),
      trash: () => ({ trashed: true }),
      archive: () => ({ archived: true }),
    }
    const back = {
      set: (was: Task) => ({ set: Object.fromEntries(FIELDS.map((field) => [field, was[field]])) }),
      place: ({ column_id, order }: Task) => ({ place: { column_id, order } }),
      trash: () => ({ trashed: false }),
      archive: () => ({ archived: false }),
    }
    const plain = (cards: Task[]) =>
      cards.map(({ version: _, updated_at: __, ...card }) => card).toSorted((x, y) => x.number - y.number)
    for (let round = 0; round < 30; round += 1) {
      const before = await all()
      const chosen = before.filter(() => chance(2) === 0)
      const kind = pick(['set', 'place', 'trash', 'archive'] as const)
      const forward = chosen.map(({ id, version }): TaskChange => ({ id, version, ...there[kind]() }))
      if (forward.length === 0) continue
      const { tasks: after } = await change(forward)
      const inverse = after.map(({ id, version }): TaskChange => {
        const was = before.find((card) => card.id === id)
        if (!was) throw new Error('it was there')
        return { id, version, ...back[kind](was) }
      })
      await change(inverse)
      expect(plain(await all())).toEqual(plain(before))
    }
    expect(await all()).toHaveLength(tasks.length)
  })

  it('is refused when somebody else has changed the card meanwhile', async () => {
    const { tasks, change } = await filled(['a'])
    const [a] = tasks
    if (!a) throw new Error('a card')
    const { tasks: changed } = await change([{ id: a.id, set: { title: 'mine' } }])
    await app.api.tasks.update({ id: a.id, title: 'theirs' })
    const undo = { id: a.id, version: changed[0]?.version, set: { title: 'a' } }
    expect((await refusalOf(change([undo as TaskChange]))).code).toBe('CONFLICT')
    expect(await app.api.tasks.get({ id: a.id })).toMatchObject({ title: 'theirs' })
  })

  it('duplicates in one go: each copy right below its card, or none at all', async () => {
    const { board, backlog, tasks, all } = await filled()
    const [a, b, c] = tasks
    if (!a || !b || !c) throw new Error('three cards')
    const ids = [a.id, c.id]
    const { tasks: copies } = await app.api.tasks.duplicateMany({ board_id: board.id, ids })
    expect(copies.map(({ title }) => title)).toEqual(['a', 'c'])
    const titles = async () => (await all()).toSorted((x, y) => x.order - y.order).map(({ title }) => title)
    expect(await titles()).toEqual(['a', 'a', 'b', 'c', 'c'])
    await app.api.columns.update({ id: backlog.id, wip_limit: 6 })
    const full = app.api.tasks.duplicateMany({ board_id: board.id, ids })
    expect(await refusalOf(full)).toMatchObject({ detail: { error: 'WIP_LIMIT_EXCEEDED' } })
    expect(await titles()).toHaveLength(5)
    await app.api.tasks.duplicateMany({ board_id: board.id, ids, force: true })
    expect(await titles()).toHaveLength(7)
    const other = await filled()
    const strange = app.api.tasks.duplicateMany({ board_id: other.board.id, ids })
    expect(await refusalOf(strange)).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('starts agents on each card that can, and says why on the others', async () => {
    const { tasks } = await filled()
    const [a, b, c] = tasks
    if (!a || !b || !c) throw new Error('three cards')
    await app.api.links.create({ task_id: a.id, other_task_id: b.id, kind: 'blocks' })
    await app.api.tasks.change({ board_id: c.board_id, changes: [{ id: c.id, archived: true }] })
    const answer = await app.api.executions.startMany({ task_ids: [a.id, b.id, c.id] })
    expect(answer.started.map(({ task_id }) => task_id)).toEqual([a.id])
    expect(answer.refused).toEqual([
      { task_id: b.id, message: expect.stringContaining('waits for') },
      { task_id: c.id, message: expect.stringContaining('archive') },
    ])
  })
})
