import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appRouter } from '#electron/api/router.ts'
import { loadConfig } from '#electron/config.ts'
import { type App, openApp } from '#electron/open-app.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { refusalOf } from '../helpers/factories.ts'
import { makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { keepLogs } from '../helpers/run-logs.ts'
import { SUM_REPOSITORY } from '../helpers/two-rounds.ts'

let folder: { path: string; remove: () => Promise<void> }
let model: FakeModelServer
let app: App

beforeAll(async () => {
  folder = await temporaryFolder()
  model = await startFakeModelServer({ scenario: { default: { hang: true } } })
  const env = {
    RANGERS_DATA_DIR: join(folder.path, 'data'),
    ANTHROPIC_BASE_URL: model.url,
    ANTHROPIC_API_KEY: 'sk-ant-test-0123456789',
  }
  app = await openApp({
    config: loadConfig({ env, cwd: folder.path }),
    version: '0.0.0-test',
    root: process.cwd(),
    desktop: terminalDesktop,
    watchdog: null,
    signal: AbortSignal.timeout(60_000),
  })
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await model.close()
  await keepLogs(folder.path)
  await folder.remove()
})

test('a restore is refused while agents work, and stops them first when it is asked to', async () => {
  const api = appRouter.createCaller(app.ctx)
  const { name } = await api.backups.create()
  const { board } = await api.projects.open({
    path: await makeRepository(join(folder.path, 'sum'), SUM_REPOSITORY),
  })
  const [column] = (await api.boards.get({ id: board.id })).columns
  if (!column) throw new Error('no columns')
  const task = await api.tasks.create({ board_id: board.id, column_id: column.id, title: 'Mend the sum' })
  const { id } = await api.executions.start({ task_id: task.id, provider: 'anthropic' })
  const asked = () => model.requests.length
  await expect.poll(asked, { timeout: 20_000 }).toBeGreaterThan(0)

  expect(await refusalOf(api.backups.restore({ name }))).toMatchObject({
    detail: { error: 'AGENTS_AT_WORK' },
  })
  expect((await api.executions.get({ id })).status).toBe('running')

  const { before } = await api.backups.restore({ name, stop_agents: true })
  await expect.poll(() => api.boards.list().catch(() => null), { timeout: 20_000 }).toEqual([])
  await api.backups.restore({ name: before?.name ?? '' })
  await expect
    .poll(async () => (await api.executions.get({ id }).catch(() => null))?.status, { timeout: 20_000 })
    .toBe('cancelled')
})
