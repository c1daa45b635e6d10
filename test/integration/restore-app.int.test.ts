import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appRouter } from '#electron/api/router.ts'
import { loadConfig } from '#electron/config.ts'
import { type App, openApp } from '#electron/open-app.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'
import type { BackupWork } from '#shared/backup.ts'
import { refusalOf } from '../helpers/factories.ts'
import { keepLogs } from '../helpers/run-logs.ts'
import { openTestApp } from '../helpers/test-app.ts'

/** Two apps on one embedded folder, as the window and the terminal command are. */
let folder: string
const apps: App[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rangers-restore-'))
  for (let count = 0; count < 2; count++) apps.push(await open())
})
afterAll(async () => {
  for (const app of apps) await app[Symbol.asyncDispose]()
  await keepLogs(folder)
  await rm(folder, { recursive: true, force: true })
})

async function open(): Promise<App> {
  const env = { RANGERS_DATA_DIR: join(folder, 'data'), DATABASE_POOL_SIZE: '2' }
  const config = loadConfig({ env, cwd: folder })
  const options = {
    config,
    version: '0.0.0-test',
    root: process.cwd(),
    desktop: terminalDesktop,
    watchdog: null,
  }
  return openApp({ ...options, signal: AbortSignal.timeout(60_000) })
}

function caller(app: App | undefined, signal?: AbortSignal) {
  if (!app) throw new Error('the app is not open')
  return appRouter.createCaller(app.ctx, signal ? { signal } : {})
}

/** Lets the caller see each state of the backup or restore that is under way, until `done`. */
async function watchWork(
  app: App | undefined,
  onWork: (work: BackupWork) => void,
): Promise<() => Promise<void>> {
  const ending = new AbortController()
  const works = await caller(app, ending.signal).backups.onWork()
  const seen = (async () => {
    for await (const work of works) if (work) onWork(work)
  })()
  return async () => {
    ending.abort()
    await seen
  }
}

const boardNames = async (app: App | undefined) =>
  (await caller(app).boards.list()).map((board) => board.name).sort()

test('every app on the folder hears of a restore once, and sees the restored boards', async () => {
  const [first, second] = apps
  const ending = new AbortController()
  const identities: string[] = []
  const watching = (async () => {
    for await (const identity of await caller(second, ending.signal).database.onReplaced())
      identities.push(identity)
  })()
  await caller(first).boards.create({ name: 'Kept', template: 'development' })
  const { name } = await caller(first).backups.create()
  await caller(first).boards.create({ name: 'Later', template: 'development' })
  expect(await boardNames(second)).toEqual(['Kept', 'Later'])
  await expect.poll(() => identities).toHaveLength(1)

  const { backup, before } = await caller(first).backups.restore({ name })
  expect([backup.name, before?.kind, before?.boards]).toEqual([name, 'restore', 2])
  for (const app of apps) await expect.poll(() => boardNames(app).catch(() => [])).toEqual(['Kept'])
  await expect.poll(() => identities, { timeout: 20_000 }).toHaveLength(2)

  await caller(second).backups.restore({ name: before?.name ?? '' })
  for (const app of apps) await expect.poll(() => boardNames(app).catch(() => [])).toEqual(['Kept', 'Later'])
  await expect.poll(() => identities, { timeout: 20_000 }).toHaveLength(3)
  ending.abort()
  await watching
})

test('a restore tells how far it is, is cancelled until the swap, and then leaves everything as it was', async () => {
  const [app] = apps
  const { name } = await caller(app).backups.create()
  await caller(app).boards.create({ name: 'After the backup', template: 'development' })
  const before = await boardNames(app)
  const steps = new Set<string>()
  const done = await watchWork(app, ({ task, stage, step, can_cancel }) => {
    steps.add(`${task} ${stage} ${step}`)
    if (stage === 'restore' && can_cancel) app?.ctx.backups.desk.cancel()
  })
  expect(await refusalOf(caller(app).backups.restore({ name }))).toEqual({
    code: 'PRECONDITION_FAILED',
    detail: { error: 'CANCELLED', message: 'The restore was cancelled. Nothing was changed.' },
  })
  await done()
  expect([...steps]).toContain('restore backup copy')
  expect(await boardNames(app)).toEqual(before)
  expect(await caller(app).backups.cancel()).toBe(false)
})

test('one backup or restore at a time', async () => {
  const [app] = apps
  const first = caller(app).backups.create()
  const second = await refusalOf(caller(app).backups.create())
  expect(second.detail).toMatchObject({ error: 'BACKUP_AT_WORK' })
  await first
})

test('a backup that is cancelled leaves no file', async () => {
  const [app] = apps
  const list = () => caller(app).backups.list()
  const before = await list()
  const done = await watchWork(app, () => app?.ctx.backups.desk.cancel())
  expect(await refusalOf(caller(app).backups.create())).toMatchObject({ detail: { error: 'CANCELLED' } })
  await done()
  expect(await list()).toEqual(before)
})

test('the facts of the embedded database: no host, its size, its last migration', async () => {
  const info = await caller(apps[0]).database.info()
  expect(info).toMatchObject({ kind: 'embedded', host: null, name: 'agent_rangers', pending: 0, kept: [] })
  expect(info.version).toMatch(/^18\.\d+$/)
  expect(info.revision).toMatch(/^\d{4}$/)
  expect(info.size).toBeGreaterThan(1_000_000)
  expect(info.boards).toBe((await boardNames(apps[0])).length)
})

test('the facts of a server of others: its host, and no password', async () => {
  await using app = await openTestApp()
  const info = await app.api.database.info()
  expect(info).toMatchObject({ kind: 'server', host: expect.any(String), name: app.connection.database })
  expect(JSON.stringify(info)).not.toContain('@')
})
