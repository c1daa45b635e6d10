import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPresence } from '#electron/services/presence.ts'
import { BoardId, InstanceId, UserId } from '#shared/ids.ts'
import type { Presence } from '#shared/presence.ts'
import { makeBoard, refusalOf } from '../helpers/factories.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
let beside: TestApp
beforeAll(async () => {
  app = await openTestApp()
  beside = await openTestApp({ beside: app })
  await beside.api.settings.updatePreferences({ display_name: 'Zoë' })
})
afterAll(async () => {
  await beside[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

/** A window with the board open: `next` waits for the next list of others. */
function look({ ctx }: TestApp, boardId: BoardId, book = ctx.presence) {
  const closing = new AbortController()
  const stream = book.onBoard(boardId, closing.signal)
  return {
    next: async () => (await stream.next()).value as Presence[] | undefined,
    async close() {
      closing.abort()
      await stream.next()
    },
  }
}

it('of two apps with a board open each sees the other come and go, and not itself', async () => {
  const { board } = await makeBoard(app)
  const mine = look(app, board.id)
  expect(await mine.next()).toEqual([])
  const theirs = look(beside, board.id)
  expect(await theirs.next()).toMatchObject([{ instance_id: app.ctx.instanceId, name: app.ctx.actor().name }])
  expect(await mine.next()).toEqual([
    {
      user_id: beside.ctx.actor().id,
      name: 'Zoë',
      instance_id: beside.ctx.instanceId,
      since: expect.any(Date),
    },
  ])
  await theirs.close()
  expect(await mine.next()).toEqual([])
  await mine.close()
})

it('several windows of an app count once, until the last is closed', async () => {
  const { board } = await makeBoard(app)
  const mine = look(app, board.id)
  expect(await mine.next()).toEqual([])
  const [first, second] = [look(beside, board.id), look(beside, board.id)]
  await first.next()
  await second.next()
  expect(await mine.next()).toHaveLength(1)
  const changed = mine.next()
  await first.close()
  const rows = sql`select count(*)::int as n from board_presence where board_id = ${board.id}`
  expect((await app.ctx.db.execute(rows)).rows).toEqual([{ n: 2 }])
  await second.close()
  expect(await changed).toEqual([])
  await mine.close()
})

it('on another board nobody is seen', async () => {
  const [here, there] = [await makeBoard(app), await makeBoard(app)]
  const theirs = look(beside, there.board.id)
  await theirs.next()
  const mine = look(app, here.board.id)
  expect(await mine.next()).toEqual([])
  await mine.close()
  await theirs.close()
})

it('who falls silent is not seen any more, and is removed by whoever looks', async () => {
  const { board } = await makeBoard(app)
  const ghost = InstanceId.parse(app.ctx.newId())
  const book = openPresence(app.ctx, { userId: UserId.parse(app.ctx.actor().id), beatMs: 50 })
  const mine = look(app, board.id, book)
  expect(await mine.next()).toEqual([])
  await app.ctx.db.execute(sql`
    insert into board_presence (board_id, instance_id, user_id, seen_at)
    values (${board.id}, ${ghost}, ${app.ctx.actor().id}, now() - interval '50 seconds')`)
  await app.ctx.db.execute(sql`select pg_notify('agent_rangers', ${`presence:${board.id}`})`)
  expect(await mine.next()).toMatchObject([{ instance_id: ghost }])
  await app.ctx.db.execute(sql`
    update board_presence set seen_at = now() - interval '61 seconds' where instance_id = ${ghost}`)
  expect(await mine.next()).toEqual([])
  const rows = sql`select instance_id from board_presence where board_id = ${board.id}`
  const marked = async () => (await app.ctx.db.execute(rows)).rows
  await expect.poll(marked, { timeout: 20_000 }).toEqual([{ instance_id: app.ctx.instanceId }])
  await mine.close()
  await book[Symbol.asyncDispose]()
})

it('an app that ends with boards open leaves none of them marked', async () => {
  const { board } = await makeBoard(app)
  const third = await openTestApp({ beside: app })
  const theirs = look(third, board.id)
  await theirs.next()
  const mine = look(app, board.id)
  expect(await mine.next()).toHaveLength(1)
  await third[Symbol.asyncDispose]()
  expect(await mine.next()).toEqual([])
  await mine.close()
})

it('a board that is not there is not found', async () => {
  const nowhere = BoardId.parse(app.ctx.newId())
  const [first] = [app.ctx.presence.onBoard(nowhere, new AbortController().signal)]
  expect((await refusalOf(first.next())).code).toBe('NOT_FOUND')
})
