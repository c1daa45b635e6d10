import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { ClientConfig } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { carryOverBy } from '#db/backup/carry-over.ts'
import { openDatabase } from '#db/client.ts'
import type { ServerBinaries } from '#db/embedded/binaries.ts'
import { type EmbeddedServer, startEmbeddedServer } from '#db/embedded/server.ts'
import type { CarryOver } from '#db/embedded/upgrade.ts'
import { appRouter } from '#electron/api/router.ts'
import { loadConfig } from '#electron/config.ts'
import { openApp } from '#electron/open-app.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'
import { type BuiltPrograms, buildPrograms } from '../helpers/build-program.ts'
import { makeDataFolder, query, type StartedApp, serverPid, startApp } from '../helpers/embedded-fixture.ts'
import { readEverything } from '../helpers/every-table.ts'
import { findOldServer, holdOldServer, makeOldCluster, OLD_MAJOR } from '../helpers/old-cluster.ts'

const old = await findOldServer()
const VERSION = "SELECT current_setting('server_version_num')::int / 10000 AS major"

let dataFolder: string
let backups: string
let remove: () => Promise<void>
const open: EmbeddedServer[] = []

beforeEach(async () => {
  ;({ dataFolder, remove } = await makeDataFolder())
  backups = join(dirname(dataFolder), 'backups')
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
  await remove()
})

const carryOver = (): CarryOver =>
  carryOverBy({
    folder: backups,
    migrations: resolve('migrations'),
    appVersion: '0.0.0-test',
    now: () => new Date(),
  })

async function start(more: { carryOver?: CarryOver } = { carryOver: carryOver() }): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataFolder, signal: AbortSignal.timeout(60_000), ...more })
  open.push(server)
  return server
}

const names = async () => (await readdir(dirname(dataFolder))).sort()

async function rowsOf(connection: ClientConfig): Promise<Record<string, unknown[]>> {
  const { pool, close } = openDatabase({ connection, poolSize: 1 })
  return readEverything(pool).finally(close)
}

describe.runIf(old)(`a database of PostgreSQL ${OLD_MAJOR}`, () => {
  const binaries = old as ServerBinaries
  let template: Awaited<ReturnType<typeof makeDataFolder>>
  let rows: Record<string, unknown[]>
  let programs: BuiltPrograms<'app'>
  const apps: StartedApp[] = []

  beforeAll(async () => {
    template = await makeDataFolder()
    rows = await makeOldCluster(template.dataFolder, binaries)
    programs = await buildPrograms({ app: 'test/helpers/embedded-app.ts' })
  })
  afterAll(async () => {
    await template.remove()
    await programs.remove()
  })
  beforeEach(() => cp(template.dataFolder, dataFolder, { recursive: true }))
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.process.exitCode === null && app.kill()))
  })

  /** All rows are there on our major, the old folder is kept as it was, and nothing else is left. */
  async function expectBroughtOver(server: EmbeddedServer): Promise<void> {
    expect(await query(server.connection, VERSION)).toEqual([{ major: 18 }])
    expect(await rowsOf(server.connection)).toEqual(rows)
    expect(await readFile(`${dataFolder}.pg${OLD_MAJOR}/PG_VERSION`, 'utf8')).toBe(`${OLD_MAJOR}\n`)
    expect(await names()).toEqual(['backups', 'postgres', 'postgres.lock', `postgres.pg${OLD_MAJOR}`])
    await server.close()
    expect(await serverPid(dataFolder)).toBeUndefined()
  }

  test('is brought to ours with every row; a verified backup and the old folder stay', async () => {
    const told: unknown[] = []
    const server = await start({ carryOver: { ...carryOver(), onStart: (majors) => told.push(majors) } })
    await expectBroughtOver(server)
    expect(told).toEqual([{ from: OLD_MAJOR, to: 18 }])
    expect(await readdir(backups)).toEqual([expect.stringMatching(/-upgrade\.backup\.gz$/)])
    // The kept folder is whole: put back, it is brought over once more.
    await rm(dataFolder, { recursive: true })
    await rename(`${dataFolder}.pg${OLD_MAJOR}`, dataFolder)
    await expectBroughtOver(await start())
  })

  test('opens in the app, which tells what it does meanwhile', async () => {
    {
      await using server = await holdOldServer(dataFolder, binaries)
      // Of random words, which the app would not read; and the board out of the trash.
      await query(server.connection, 'DELETE FROM executions; UPDATE boards SET deleted_at = NULL')
    }
    const folder = join(dirname(dataFolder), 'data')
    await mkdir(folder, { mode: 0o700 })
    await rename(dataFolder, join(folder, 'postgres'))
    const told: (string | null)[] = []
    const config = loadConfig({ env: { RANGERS_DATA_DIR: folder }, cwd: folder })
    await using app = await openApp({
      config,
      version: '0.0.0-test',
      root: process.cwd(),
      desktop: terminalDesktop,
      watchdog: null,
      onStarting: (text) => told.push(text),
      signal: AbortSignal.timeout(60_000),
    })
    expect(told).toEqual(['Bringing the database to PostgreSQL 18…', null])
    const api = appRouter.createCaller(app.ctx)
    expect(await api.boards.list()).toHaveLength(rows.boards?.length ?? 0)
    expect((await api.backups.list()).map(({ kind, problem }) => [kind, problem])).toEqual([
      ['upgrade', null],
    ])
  })

  test.each([
    ['while the old data are backed up', (found: string[]) => found.includes('backups')],
    [
      'when the backup is made',
      (found: string[]) => found.some((name) => name.startsWith('backups/') && name.endsWith('.gz')),
    ],
    [
      'while the new database is made',
      (found: string[]) => found.some((name) => name.startsWith('postgres.new')),
    ],
    ['while the rows are loaded', (found: string[]) => found.includes('postgres.new/postmaster.pid')],
  ])('survives kill -9 %s: the next start does it again', async (_, isReached) => {
    const app = startApp(programs.path.app, { dataFolder, backups })
    apps.push(app)
    const look = async () => {
      const found = await names()
      for (const folder of ['backups', 'postgres.new'])
        for (const name of await readdir(join(dirname(dataFolder), folder)).catch(() => []))
          found.push(`${folder}/${name}`)
      return isReached(found)
    }
    await expect.poll(look, { interval: 2, timeout: 30_000 }).toBe(true)
    await app.kill()
    expect(await readFile(join(dataFolder, 'PG_VERSION'), 'utf8')).toBe(`${OLD_MAJOR}\n`)
    const server = await start()
    await expectBroughtOver(server)
  })

  test('survives a death between the two changes of names', async () => {
    await (await start()).close()
    await rename(dataFolder, `${dataFolder}.upgraded`)
    await expectBroughtOver(await start())
  })

  test('is not replaced by what an interrupted upgrade has completed: it may have been used since', async () => {
    await mkdir(`${dataFolder}.upgraded`)
    await writeFile(`${dataFolder}.upgraded/PG_VERSION`, '18\n')
    await expectBroughtOver(await start())
  })

  test('stays untouched while an older app uses it', async () => {
    {
      await using _server = await holdOldServer(dataFolder, binaries)
      await expect(start()).rejects.toThrow('Another program uses the database')
      expect(await names()).toEqual(['postgres', 'postgres.lock'])
    }
    await expectBroughtOver(await start())
  })

  test('that cannot be restored stays as it is', async () => {
    const failing: CarryOver = {
      ...carryOver(),
      load: async () => {
        throw new Error('planted')
      },
    }
    await expect(start({ carryOver: failing })).rejects.toThrow('planted')
    expect(await names()).toEqual(['backups', 'postgres', 'postgres.lock'])
    expect(await serverPid(dataFolder)).toBeUndefined()
    await rm(backups, { recursive: true })
    await expectBroughtOver(await start())
  })
})

test.skipIf(old)(`needs PostgreSQL ${OLD_MAJOR} installed: apt install postgresql-${OLD_MAJOR}`, () => {})

test('a database of an old major for which no server is found says what to do, and stays', async () => {
  await (await start()).close()
  await writeFile(join(dataFolder, 'PG_VERSION'), '3\n')
  const made = new Date('2026-02-03T04:05:06Z')
  const sentence = await start({ carryOver: { ...carryOver(), newestBackup: async () => made } }).catch(
    String,
  )
  expect(sentence).toContain(
    'was made by PostgreSQL 3, this app brings 18. To bring it over, PostgreSQL 3 is needed once',
  )
  expect(sentence).toContain('Settings restores your backup of 2026-02-03. Nothing was changed.')
  expect(await names()).toEqual(['postgres', 'postgres.lock'])
})

test('a database of a newer major is refused untouched', async () => {
  await (await start()).close()
  await writeFile(join(dataFolder, 'PG_VERSION'), '99\n')
  await expect(start()).rejects.toThrow('was made by PostgreSQL 99, this app brings 18. Start the version')
  expect(await names()).toEqual(['postgres', 'postgres.lock'])
})
