import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { appRouter } from '#electron/api/router.ts'
import { loadConfig } from '#electron/config.ts'
import { type App, openApp } from '#electron/open-app.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'
import type { DatabaseState } from '#shared/health.ts'
import { urlOf } from '../helpers/database-url.ts'
import { serverPid } from '../helpers/embedded-fixture.ts'
import { makeBoard, refusalOf } from '../helpers/factories.ts'
import { startTcpServer } from '../helpers/tcp-server.ts'

const ended: AsyncDisposable[] = []
afterEach(async () => {
  for (const part of ended.splice(0).reverse()) await part[Symbol.asyncDispose]()
})

interface Victim {
  kill(): Promise<void>
  /** Null where the app has to do it itself. */
  restart: (() => Promise<void>) | null
  env: Record<string, string>
}

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-killed-'))
  ended.push({
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }),
  })
  return folder
}

async function sharedServer(): Promise<Victim> {
  const server = await startTcpServer({ settings: { fsync: 'on' } })
  ended.push(server)
  return {
    kill: async () => void server.process.kill('SIGKILL'),
    restart: () => server.restart(),
    env: { DATABASE_URL: urlOf({ ...server.connection, database: 'postgres' }) },
  }
}

async function ownServer(folder: string): Promise<Victim> {
  return {
    kill: async () => {
      const pid = await serverPid(path.join(folder, 'postgres'))
      if (pid === undefined) throw new Error('The embedded server does not run')
      process.kill(pid, 'SIGKILL')
    },
    restart: null,
    env: {},
  }
}

async function open(folder: string, env: Record<string, string>): Promise<App> {
  const app = await openApp({
    config: loadConfig({
      env: { RANGERS_DATA_DIR: folder, DATABASE_POOL_SIZE: '3', ...env },
      cwd: folder,
    }),
    version: '0.0.0-test',
    root: process.cwd(),
    desktop: terminalDesktop,
    watchdog: null,
    signal: AbortSignal.timeout(60_000),
  })
  ended.push(app)
  return app
}

/** Waits for a state of the database, from now on. */
async function untilDatabase({ ctx }: App, status: DatabaseState['status']): Promise<DatabaseState> {
  for await (const state of ctx.databaseWatch.follow(AbortSignal.timeout(60_000))) {
    if (state.status === status) return state
  }
  throw new Error(`The database never was: ${status}`)
}

test.each(['a shared server', 'the app’s own server'])(
  '%s is killed in the middle of a transaction: the change is refused, nothing is half-written, all recovers by itself',
  { timeout: 120_000 },
  async (which) => {
    const folder = await dataFolder()
    const isOwn = which !== 'a shared server'
    const victim = isOwn ? await ownServer(folder) : await sharedServer()
    const app = await open(folder, victim.env)
    const api = appRouter.createCaller(app.ctx)
    const { board, backlog } = await makeBoard({ api } as Parameters<typeof makeBoard>[0])
    const task = await api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'Kept' })
    const before = await api.boards.get({ id: board.id })

    // Somebody holds the card, so the move below is in its transaction, with the board locked, when the server dies.
    const holder = await app.pool.connect()
    holder.on('error', () => {})
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM tasks WHERE id = $1 FOR UPDATE', [task.id])
    const move = refusalOf(api.tasks.update({ id: task.id, title: 'Changed', version: task.version }))
    await expect
      .poll(async () => {
        const sql = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`
        return (await app.pool.query<{ n: number }>(sql)).rows[0]?.n
      })
      .toBe(1)
    const lost = untilDatabase(app, 'lost')
    await victim.kill()

    expect(await move).toEqual({
      code: 'SERVICE_UNAVAILABLE',
      detail: { error: 'DATABASE_UNAVAILABLE', message: expect.stringMatching(/nothing was changed/) },
    })
    holder.release(true)
    expect(await lost).toMatchObject({ status: 'lost', is_embedded: isOwn })
    await victim.restart?.()
    await untilDatabase(app, 'answers')
    const pid = isOwn ? await serverPid(path.join(folder, 'postgres')) : undefined
    expect(pid !== undefined).toBe(isOwn)
    expect(await api.boards.get({ id: board.id })).toEqual(before)
    const again = await api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'After' })
    expect(again.number).toBe(task.number + 1)
  },
)

test('the window hears that the app’s own server died, and that it is back', {
  timeout: 60_000,
}, async () => {
  const folder = await dataFolder()
  const app = await open(folder, {})
  const states: DatabaseState['status'][] = []
  const watching = (async () => {
    for await (const state of app.ctx.databaseWatch.follow(AbortSignal.timeout(50_000))) {
      states.push(state.status)
      if (states.length === 3) return
    }
  })()
  const victim = await ownServer(folder)
  await victim.kill()
  await watching
  expect(states).toEqual(['answers', 'lost', 'answers'])
})
