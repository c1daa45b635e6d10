import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { followBoard } from '#electron/services/follow-board.ts'
import { removeOldGuards } from '#electron/services/old-guards.ts'
import { removeExpired } from '#electron/services/retention.ts'
import { removeOldOpened } from '#electron/workspaces/kept-copy.ts'
import type { BoardId } from '#shared/ids.ts'
import { makeBoard, makeTasks, take } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

const never = () => new AbortController().signal

const count = async (table: 'audit_logs' | 'board_events', where = sql`true`) =>
  (await app.ctx.db.execute(sql`select count(*)::int as n from ${sql.identifier(table)} where ${where}`))
    .rows[0]?.n

/** Events of days ago, in the order of their ids. */
async function addOldEvents(id: BoardId, howMany: number): Promise<void> {
  await app.ctx.db.execute(sql`
    insert into board_events (board_id, type, data, created_at)
    select ${id}, 'task_deleted', jsonb_build_object('id', gen_random_uuid()), now() - interval '8 days'
    from generate_series(1, ${howMany})`)
}

it('audit records go after 90 days, in batches, and no day earlier', async () => {
  await makeBoard(app)
  const young = await count('audit_logs')
  await app.ctx.db.execute(sql`
    insert into audit_logs (entity_type, entity_id, action, actor_type, actor_name, changes, created_at)
    select 'task', gen_random_uuid(), 'create', 'system', age || ' days', '{}', now() - make_interval(days => age)
    from unnest(array[89, 91]) as age, generate_series(1, 1500)`)
  expect(await removeExpired(app.ctx, never())).toEqual({ audit: 1500, events: 0 })
  expect(await count('audit_logs', sql`actor_name = '89 days'`)).toBe(1500)
  expect(await count('audit_logs')).toBe(Number(young) + 1500)
})

it('old events go but for the newest 1,000 of each board; who resumes before them is told to read anew', async () => {
  const [quiet, busy] = [await makeBoard(app), await makeBoard(app)]
  await addOldEvents(quiet.board.id, 20)
  await addOldEvents(busy.board.id, 2200)
  await app.ctx.db.execute(
    sql`update board_events set created_at = now() - interval '8 days' where board_id = ${busy.board.id}`,
  )
  const { last_event_id: early } = await app.api.boards.get({ id: quiet.board.id })
  const first = sql`select min(id)::text as id from board_events where board_id = ${busy.board.id}`
  const before = String((await app.ctx.db.execute(first)).rows[0]?.id)
  expect((await removeExpired(app.ctx, never())).events).toBe(1205)
  expect(await count('board_events', sql`board_id = ${busy.board.id}`)).toBe(1000)
  expect(await count('board_events', sql`board_id = ${quiet.board.id}`)).toBe(25)

  const [told] = await take(followBoard(app.ctx, busy.board.id, before, never()), 1)
  expect(told?.message).toEqual({ type: 'snapshot_needed', data: null })
  const { last_event_id } = await app.api.boards.get({ id: busy.board.id })
  await makeTasks(app, busy.board.id, busy.backlog.id, ['after it'])
  const [next] = await take(followBoard(app.ctx, busy.board.id, last_event_id, never()), 1)
  expect(next?.message.type).toBe('task_created')
  await makeTasks(app, quiet.board.id, quiet.backlog.id, ['here too'])
  const [kept] = await take(followBoard(app.ctx, quiet.board.id, early, never()), 1)
  expect(kept?.message.type).toBe('task_created')
})

it('a computer that slept while its events went is told to read the board anew, and goes on from there', async () => {
  const { board, backlog } = await makeBoard(app)
  const { last_event_id } = await app.api.boards.get({ id: board.id })
  let now = app.ctx.now().getTime()
  const awake = { ...app.ctx, now: () => new Date(now) }
  const events = followBoard(awake, board.id, last_event_id, never())
  const next = async () => (await events.next()).value?.message
  await makeTasks(app, board.id, backlog.id, ['before'])
  expect(await next()).toMatchObject({ type: 'task_created', data: { title: 'before' } })
  now += 8 * 24 * 3600_000
  await makeTasks(app, board.id, backlog.id, ['missed'])
  await addOldEvents(board.id, 1000)
  await app.ctx.db.execute(
    sql`update board_events set created_at = now() - interval '8 days' where board_id = ${board.id}`,
  )
  expect((await removeExpired(app.ctx, never())).events).toBeGreaterThan(1)
  await makeTasks(app, board.id, backlog.id, ['also missed'])
  expect(await next()).toEqual({ type: 'snapshot_needed', data: null })
  await makeTasks(app, board.id, backlog.id, ['after'])
  expect(await next()).toMatchObject({ type: 'task_created', data: { title: 'after' } })
  await events.return(undefined)
})

it('ends between two batches when the app ends', async () => {
  await expect(removeExpired(app.ctx, AbortSignal.abort(new Error('closed')))).rejects.toThrow('closed')
})

it('what was kept to undo changes of repositories goes 30 days after nobody knows the execution any more', async () => {
  const guards = path.join(app.dataFolder, 'guard')
  const [old, young] = [app.ctx.newId(), app.ctx.newId()]
  const days = (count: number) => new Date(app.ctx.now().getTime() - count * 86_400_000)
  for (const [id, changed] of [
    [old, days(31)],
    [young, days(29)],
  ] as const) {
    await mkdir(path.join(guards, id, 'changes'), { recursive: true })
    await utimes(path.join(guards, id), changed, changed)
  }
  expect(await removeOldGuards(app.ctx)).toBe(1)
  expect(await readdir(guards)).toEqual([young])
})

it('what was opened to read results of plain folders goes after 30 days; the last copy that there is stays', async () => {
  const kept = path.join(app.dataFolder, 'workspaces', 'kept')
  const before = new Date(app.ctx.now().getTime() - 30 * 86_400_000)
  const days = (count: number) => new Date(app.ctx.now().getTime() - count * 86_400_000)
  for (const [name, made] of [
    ['e1.opened', days(31)],
    ['e1.opened-aB3xyZ', days(31)],
    ['e2.opened', days(29)],
    ['e3.opened', days(31)],
  ] as const) {
    await mkdir(path.join(kept, name), { recursive: true })
    await utimes(path.join(kept, name), made, made)
  }
  for (const name of ['e1.bundle', 'e2.bundle']) await writeFile(path.join(kept, name), 'kept')
  expect(await removeOldOpened(path.join(app.dataFolder, 'workspaces'), before)).toBe(2)
  expect((await readdir(kept)).toSorted()).toEqual(['e1.bundle', 'e2.bundle', 'e2.opened', 'e3.opened'])
})
