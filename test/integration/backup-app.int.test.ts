import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { restoreInside } from '#db/backup/restore.ts'
import { readMigrations } from '#db/migration-files.ts'
import { appRouter } from '#electron/api/router.ts'
import { loadConfig } from '#electron/config.ts'
import { openApp } from '#electron/open-app.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { keepLogs } from '../helpers/run-logs.ts'
import { openTestApp } from '../helpers/test-app.ts'

test('the app makes a verified backup on demand and lists it', async () => {
  await using app = await openTestApp()
  const { board, backlog } = await makeBoard(app)
  await makeTasks(app, board.id, backlog.id, ['one', 'two'])
  const made = await app.api.backups.create()
  expect(made).toMatchObject({ kind: 'manual', app_version: '0.0.0-test', problem: null })
  expect(await app.api.backups.list()).toEqual([made])
})

test('who follows hears that the backup of the day was made', async () => {
  await using app = await openTestApp()
  await makeBoard(app)
  const ending = new AbortController()
  const works = await appRouter.createCaller(app.ctx, { signal: ending.signal }).backups.onWork()
  const reader = works[Symbol.asyncIterator]()
  expect((await reader.next()).value).toBeNull()
  const next = reader.next()
  expect(await app.ctx.backups.createDaily(AbortSignal.timeout(60_000))).toBe(true)
  expect((await next).value).toBeNull()
  expect(await app.api.backups.list()).toMatchObject([{ kind: 'daily', problem: null }])
  ending.abort()
  await reader.next()
})

test('a restore that would replace rows on a server of others is refused in the app', async () => {
  await using app = await openTestApp()
  await makeBoard(app)
  const { name } = await app.api.backups.create()
  const refusal = await refusalOf(app.api.backups.restore({ name }))
  expect(refusal).toMatchObject({ code: 'PRECONDITION_FAILED', detail: { error: 'DATABASE_NOT_EMPTY' } })
  expect(await refusalOf(app.api.backups.restore({ name: 'none.backup.gz' }))).toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(app.api.backups.restore({ name: '../../etc/passwd' })).rejects.toThrow()
})

test('an app on a server of others hears of it when another program restores a backup there', async () => {
  await using app = await openTestApp()
  await makeBoard(app, 'Kept')
  const { name } = await app.api.backups.create()
  await makeBoard(app, 'Later')
  const ending = new AbortController()
  const identities = await appRouter.createCaller(app.ctx, { signal: ending.signal }).database.onReplaced()
  const reader = identities[Symbol.asyncIterator]()
  const { value: before } = await reader.next()
  const next = reader.next()
  await restoreInside({
    connection: app.connection,
    file: join(app.ctx.backups.folder, name),
    migrations: 'migrations',
    signal: AbortSignal.timeout(60_000),
    force: true,
  })
  expect((await next).value).not.toBe(before)
  ending.abort()
  await reader.next()
  expect((await app.api.boards.list()).map((board) => board.name)).toEqual(['Kept'])
})

test('the embedded app restores while it runs, and backs up before a migration that takes away', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rangers-backup-app-'))
  const root = join(folder, 'project')
  await mkdir(root)
  await cp('migrations', join(root, 'migrations'), { recursive: true })
  const open = async () => {
    const env = { RANGERS_DATA_DIR: join(folder, 'data'), DATABASE_POOL_SIZE: '2' }
    const config = loadConfig({ env, cwd: folder })
    const options = { config, version: '0.0.0-test', root, desktop: terminalDesktop, watchdog: null }
    return openApp({ ...options, signal: AbortSignal.timeout(60_000) })
  }
  try {
    {
      await using app = await open()
      const api = appRouter.createCaller(app.ctx)
      await api.boards.create({ name: 'Kept', template: 'development' })
      const { name } = await api.backups.create()
      await api.boards.create({ name: 'Later', template: 'development' })
      const { before } = await api.backups.restore({ name })
      const names = async () => (await api.boards.list()).map((board) => board.name)
      await expect.poll(() => names().catch(() => [])).toEqual(['Kept'])
      // The undo: what was replaced, as it was.
      await api.backups.restore({ name: before?.name ?? '' })
      await expect.poll(() => names().catch(() => [])).toEqual(expect.arrayContaining(['Kept', 'Later']))
    }
    const parent = (await readMigrations(join(root, 'migrations'))).at(-1)?.revision ?? ''
    const next = join(root, 'migrations/9000_drop')
    await mkdir(next)
    const meta = { revision: '9000', down_revision: parent, message: 'Drop', created: '2026-01-01T00:00:00Z' }
    await writeFile(join(next, 'meta.json'), JSON.stringify(meta))
    await writeFile(join(next, 'up.sql'), 'ALTER TABLE projects DROP COLUMN run_command')
    await writeFile(join(next, 'down.sql'), 'ALTER TABLE projects ADD COLUMN run_command text')
    await using app = await open()
    const found = await app.ctx.backups.list(AbortSignal.timeout(10_000))
    expect(found.map(({ kind, problem }) => [kind, problem])).toEqual([
      ['migration', null],
      ['restore', null],
      ['restore', null],
      ['manual', null],
    ])
  } finally {
    await keepLogs(folder)
    await rm(folder, { recursive: true, force: true })
  }
}, 120_000)
