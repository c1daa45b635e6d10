import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startEmbeddedServer } from '#db/embedded/server.ts'
import type { BoardMessage } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'
import { followLive, type LiveStatus } from '../../renderer/lib/live.ts'
import { urlOf } from '../helpers/database-url.ts'
import { makeDataFolder, serverPid } from '../helpers/embedded-fixture.ts'
import { makeBoard, makeTasks } from '../helpers/factories.ts'
import { openLink } from '../helpers/link-client.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app[Symbol.asyncDispose]())

/** A window's subscription to a board, over the real link, from an event on. */
function openWindow(of: TestApp, boardId: BoardId, after: string) {
  const link = openLink(of)
  const heard: { id: string; data: BoardMessage }[] = []
  const statuses: LiveStatus[] = []
  const end = followLive<BoardMessage>({
    lastEventId: after,
    open: (lastEventId, handlers) => {
      const subscription = link.api.boards.onEvent.subscribe({ boardId, lastEventId }, handlers)
      return () => subscription.unsubscribe()
    },
    onBatch: (lines) => heard.push(...lines),
    onStatus: (status) => statuses.push(status),
  })
  return {
    statuses,
    titles: () => heard.map(({ data }) => (data.type === 'task_created' ? data.data.title : data.type)),
    lastEventId: () => heard.at(-1)?.id ?? after,
    /** In the order of their ids, none twice. */
    isInOrder: () =>
      heard.every(({ id }, index) => index === 0 || BigInt(id) > BigInt(heard[index - 1]?.id ?? 0)),
    close: () => {
      end()
      link.close()
    },
  }
}

const PATIENCE = { timeout: 25_000, interval: 20 }

it('a window goes on where it stopped when its app is started again, whatever others did meanwhile', async () => {
  const { board, backlog } = await makeBoard(app)
  const { last_event_id } = await app.api.boards.get({ id: board.id })
  let cursor = last_event_id
  const titles: string[] = []
  const written: string[] = []
  const write = async (...names: string[]) => {
    written.push(...names)
    await makeTasks(app, board.id, backlog.id, names)
  }
  for (const life of ['first', 'second', 'third']) {
    await write(`before the ${life} life`, `also before the ${life}`)
    const beside = await openTestApp({ beside: app })
    const window = openWindow(beside, board.id, cursor)
    await write(`during the ${life} life`)
    await expect.poll(() => [...titles, ...window.titles()], PATIENCE).toEqual(written)
    expect(window.isInOrder()).toBe(true)
    titles.push(...window.titles())
    cursor = window.lastEventId()
    window.close()
    await beside[Symbol.asyncDispose]()
  }
})

it('a window lives through a crash of the server: it hears all that was committed once, and nothing that was not', {
  timeout: 90_000,
}, async () => {
  const folder = await makeDataFolder()
  onTestFinished(folder.remove)
  const server = await startEmbeddedServer({
    dataFolder: folder.dataFolder,
    signal: AbortSignal.timeout(60_000),
  })
  onTestFinished(server.close)
  const own = await openTestApp({ env: { DATABASE_URL: urlOf(server.connection) } })
  onTestFinished(() => own[Symbol.asyncDispose]())
  const { board, backlog } = await makeBoard(own)
  const { last_event_id } = await own.api.boards.get({ id: board.id })
  const window = openWindow(own, board.id, last_event_id)
  onTestFinished(window.close)
  await makeTasks(own, board.id, backlog.id, ['before'])
  await expect.poll(window.titles, PATIENCE).toEqual(['before'])

  // A writer that has its event's id when the server dies.
  const died = own.ctx.db.transaction(async (tx) => {
    const data = JSON.stringify({ ...board, name: 'never' })
    await tx.execute(sql`select from boards where id = ${board.id} for no key update`)
    await tx.execute(
      sql`insert into board_events (board_id, type, data) values (${board.id}, 'board_updated', ${data}::jsonb)`,
    )
    process.kill((await serverPid(folder.dataFolder)) ?? 0, 'SIGKILL')
    await tx.execute('select pg_sleep(60)')
  })
  await expect(died).rejects.toThrow()
  const create = (title: string) =>
    own.api.tasks.create({ board_id: board.id, column_id: backlog.id, title }).catch(() => null)
  await expect.poll(() => create('after'), PATIENCE).not.toBeNull()
  await expect.poll(window.titles, PATIENCE).toEqual(['before', 'after'])
  await makeTasks(own, board.id, backlog.id, ['later'])
  await expect.poll(window.titles, PATIENCE).toEqual(['before', 'after', 'later'])
  expect(window.isInOrder()).toBe(true)
  expect(window.statuses.at(-1)).toBe('live')
})
