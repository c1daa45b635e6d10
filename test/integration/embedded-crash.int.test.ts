import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type EmbeddedServer, startEmbeddedServer } from '#db/embedded/server.ts'
import { type BuiltPrograms, buildPrograms } from '../helpers/build-program.ts'
import {
  makeDataFolder,
  query,
  STARTED_AT,
  type StartedApp,
  serverPid,
  startApp,
  untilGone,
} from '../helpers/embedded-fixture.ts'

let programs: BuiltPrograms<'app'>
let dataFolder: string
let remove: () => Promise<void>
const apps: StartedApp[] = []
const servers: EmbeddedServer[] = []
const bystanders: ChildProcess[] = []

beforeAll(async () => {
  programs = await buildPrograms({ app: 'test/helpers/embedded-app.ts' })
})
afterAll(() => programs.remove())
beforeEach(async () => {
  ;({ dataFolder, remove } = await makeDataFolder())
})
afterEach(async () => {
  for (const bystander of bystanders.splice(0)) bystander.kill('SIGKILL')
  await Promise.all(servers.splice(0).map((server) => server.close()))
  await Promise.all(apps.splice(0).map((app) => app.process.exitCode === null && app.kill()))
  await remove()
})

function startAnApp(): StartedApp {
  const app = startApp(programs.path.app, { dataFolder })
  apps.push(app)
  return app
}

async function startHere(): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataFolder, signal: AbortSignal.timeout(60_000) })
  servers.push(server)
  return server
}

test('two apps that start at once on an empty folder end with one server', async () => {
  const pair = [startAnApp(), startAnApp()]
  const reports = await Promise.all(pair.map((app) => app.report))
  const answers = await Promise.all(
    reports.map((report) => query<{ at: string }>(report.connection, STARTED_AT)),
  )
  expect(answers[0]).toEqual(answers[1])
  await Promise.all(pair.map((app) => app.close()))
  expect(await serverPid(dataFolder)).toBeUndefined()
})

test('the server of an app that was killed is used by the next one, which stops it', async () => {
  const app = startAnApp()
  const { connection } = await app.report
  const before = await query(connection, STARTED_AT)
  await app.kill()
  const server = await startHere()
  expect(await query(server.connection, STARTED_AT)).toEqual(before)
  await server.close()
  expect(await serverPid(dataFolder)).toBeUndefined()
})

test('an app and its server killed at once: committed data is there at the next start', async () => {
  const app = startAnApp()
  const { connection } = await app.report
  await query(connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
  const pid = (await serverPid(dataFolder)) ?? 0
  process.kill(pid, 'SIGKILL')
  await app.kill()
  const server = await startHere()
  expect(await query(server.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
})

test.each([
  ['the folder appears', (names: string[]) => names.length > 0],
  ['its version is written', (names: string[]) => names.includes('PG_VERSION')],
  ['its configuration is written', (names: string[]) => names.includes('postgresql.conf')],
])('an app killed during the first start, when %s, leaves nothing half-made', async (_, isReached) => {
  const app = startAnApp()
  const unfinished = async () => {
    const found = (await readdir(dirname(dataFolder))).find((name) => name.startsWith('postgres.tmp-'))
    return found ? [found, ...(await readdir(join(dirname(dataFolder), found)))] : []
  }
  await expect.poll(async () => isReached(await unfinished()), { interval: 2, timeout: 20_000 }).toBe(true)
  await app.kill()
  expect(await readdir(dirname(dataFolder))).not.toContain('postgres')
  const server = await startHere()
  expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await server.close()
  expect((await readdir(dirname(dataFolder))).sort()).toEqual(['postgres', 'postgres.lock'])
})

test('an app killed while it holds the lock does not keep others out', async () => {
  const app = startAnApp()
  const flags = () => readdir(`${dataFolder}.lock`).catch(() => [])
  await expect.poll(flags, { interval: 2, timeout: 20_000 }).toHaveLength(1)
  await app.kill()
  expect(await flags()).toHaveLength(1)
  await startHere()
  expect(await flags()).toEqual([])
})

/** Kills the server, and puts another process into the pid file that it leaves. */
async function leaveStaleFile(pid: number): Promise<void> {
  const server = await startHere()
  await query(server.connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
  await server.close()
  const app = startAnApp()
  const { connection } = await app.report
  const server2 = (await serverPid(dataFolder)) ?? 0
  await app.kill()
  const file = join(dataFolder, 'postmaster.pid')
  const text = await readFile(file, 'utf8')
  process.kill(server2, 'SIGKILL')
  await untilGone(server2)
  const stale = text.replace(/^\d+/, String(pid))
  await writeFile(file, stale)
  await writeFile(join(connection.host ?? '', '.s.PGSQL.5432.lock'), stale)
}

test('a pid file whose number was given to a process of ours since does not keep the server from starting', async () => {
  const other = spawn('sleep', ['600'], { stdio: 'ignore' })
  bystanders.push(other)
  await once(other, 'spawn')
  await leaveStaleFile(other.pid ?? 0)
  const server = await startHere()
  expect(await query(server.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  expect(other.exitCode).toBeNull()
})

test('a pid file of a process that nobody has collected yet does not keep the server from starting', async () => {
  // The shell becomes sleep, which never collects the shell's child.
  const script = 'sleep 600 & echo $!; exec sleep 600'
  const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  bystanders.push(parent)
  const [line] = await once(parent.stdout.setEncoding('utf8'), 'data')
  const zombie = Number.parseInt(line, 10)
  await expect.poll(() => readFile(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n')
  process.kill(zombie, 'SIGKILL')
  await expect.poll(() => readFile(`/proc/${zombie}/stat`, 'utf8')).toContain(') Z ')
  await leaveStaleFile(zombie)
  const server = await startHere()
  expect(await query(server.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
})

test('a pid file that is empty or holds no number does not keep the server from starting', async () => {
  await (await startHere()).close()
  for (const text of ['', 'nonsense\n']) {
    await writeFile(join(dataFolder, 'postmaster.pid'), text)
    await (await startHere()).close()
  }
  expect(await readdir(dataFolder)).not.toContain('postmaster.pid')
})
