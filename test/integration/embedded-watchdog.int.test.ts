import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { findInstanceProcesses } from '#db/embedded/instance-processes.ts'
import { inspectProcess } from '#db/embedded/process-table.ts'
import { startEmbeddedServer } from '#db/embedded/server.ts'
import { startWatchdog } from '#db/embedded/watchdog-process.ts'
import { type BuiltPrograms, buildPrograms } from '../helpers/build-program.ts'
import {
  makeDataFolder,
  query,
  type StartedApp,
  serverPid,
  startApp,
  untilGone,
} from '../helpers/embedded-fixture.ts'

let programs: BuiltPrograms<'app' | 'watchdog'>
let dataFolder: string
let remove: () => Promise<void>
let instanceId: string
const apps: StartedApp[] = []

beforeAll(async () => {
  programs = await buildPrograms({ app: 'test/helpers/embedded-app.ts', watchdog: 'db/embedded/watchdog.ts' })
})
afterAll(() => programs.remove())
beforeEach(async () => {
  ;({ dataFolder, remove } = await makeDataFolder())
  instanceId = randomUUID()
})
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.process.exitCode === null && app.kill()))
  await remove()
})

function startGuarded(agent?: string): StartedApp {
  const watchdog = { program: programs.path.watchdog, instanceId }
  const app = startApp(programs.path.app, { dataFolder, watchdog, ...(agent !== undefined && { agent }) })
  apps.push(app)
  return app
}

/** Also those of the chunks that it shares with other programs. */
async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8')
  const found = [...text.matchAll(/^import\b[^'"]*?["']([^'"]+)["']/gm)].map((match) => match[1] ?? '')
  const chunks = found.filter((name) => name.startsWith('.')).map((name) => join(dirname(file), name))
  const inChunks = await Promise.all(chunks.map(importsOf))
  return [...found.filter((name) => !name.startsWith('.')), ...inChunks.flat()]
}

test('the program imports nothing but Node', async () => {
  const imported = await importsOf(programs.path.watchdog)
  expect(imported).toContain('node:net')
  expect(imported.filter((name) => !name.startsWith('node:'))).toEqual([])
})

test('an app that is killed takes its server and the whole tree of its agents with it', async () => {
  // A grandchild, one in a session of its own, one that forgot its environment, and one that ignores signals.
  const note = join(dirname(dataFolder), 'pids')
  const agent = [
    'trap "" TERM INT HUP',
    'sleep 600 & echo $!',
    'setsid sleep 600 & echo $!',
    'env -i sleep 600 & echo $!',
    '(trap "" TERM; exec sleep 600) & echo $!',
    'wait',
  ].join('\n')
  const app = startGuarded(`exec > '${note}'\n${agent}`)
  const { watchdog = 0 } = await app.report
  const pids = async () => (await readFile(note, 'utf8').catch(() => '')).trim().split('\n').map(Number)
  await expect.poll(pids).toHaveLength(4)
  const doomed = [...(await pids()), (await serverPid(dataFolder)) ?? 0]
  expect(await findInstanceProcesses(instanceId)).toHaveLength(5)
  await app.kill()
  await untilGone(watchdog)
  expect(await Promise.all(doomed.map(inspectProcess))).toEqual(doomed.map(() => undefined))
  expect(await serverPid(dataFolder)).toBeUndefined()
})

test('an app that is killed while another one uses the server leaves it to that one', async () => {
  const app = startGuarded()
  const { watchdog = 0 } = await app.report
  await using other = await startEmbeddedServer({ dataFolder, signal: AbortSignal.timeout(60_000) })
  const pid = await serverPid(dataFolder)
  await app.kill()
  await untilGone(watchdog)
  expect(await serverPid(dataFolder)).toBe(pid)
  expect(await query(other.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('an app that is killed while its server is still starting leaves no server', async () => {
  const app = startGuarded()
  await expect
    .poll(() => serverPid(dataFolder).catch(() => undefined), { interval: 2, timeout: 20_000 })
    .toBeDefined()
  const pid = (await serverPid(dataFolder)) ?? 0
  await app.kill()
  await untilGone(pid)
  expect(await serverPid(dataFolder)).toBeUndefined()
})

test.each([
  ['ends in order', (app: StartedApp) => app.close()],
  ['is killed', (app: StartedApp) => app.kill()],
])(
  'an app that is killed together with its watchdog leaves its server to the next one, which ends it when it %s',
  async (_, end) => {
    const app = startGuarded()
    const { connection, watchdog = 0 } = await app.report
    await query(connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    // The watchdog stands still first, so that it cannot do its work in the moment between the two.
    process.kill(watchdog, 'SIGSTOP')
    const killed = app.kill()
    process.kill(watchdog, 'SIGKILL')
    await Promise.all([killed, untilGone(watchdog)])
    const pid = await serverPid(dataFolder)
    expect(pid).toBeDefined()

    const next = startGuarded()
    const report = await next.report
    expect(await serverPid(dataFolder)).toBe(pid)
    expect(await query(report.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    await end(next)
    await untilGone(report.watchdog ?? 0)
    expect(await serverPid(dataFolder)).toBeUndefined()
    expect(await inspectProcess(pid ?? 0)).toBeUndefined()
  },
)

test('an app that ends in order ends its watchdog, which then kills nobody', async () => {
  const lost: string[] = []
  const guard = await startWatchdog({
    instanceId: 'unused',
    command: process.execPath,
    args: [programs.path.watchdog],
    onLost: (reason) => lost.push(reason),
  })
  const app = startGuarded('sleep 600')
  await app.report
  await expect.poll(() => findInstanceProcesses(instanceId)).not.toEqual([])
  await guard.close()
  expect([await inspectProcess(guard.pid), lost]).toEqual([undefined, []])
  expect(await findInstanceProcesses(instanceId)).not.toEqual([])
  await app.close()
})

test('a watchdog that is killed is reported', async () => {
  let guardPid = 0
  const reason = await new Promise<string>((resolve, reject) => {
    startWatchdog({ instanceId, command: process.execPath, args: [programs.path.watchdog], onLost: resolve })
      .then((guard) => {
        guardPid = guard.pid
        process.kill(guard.pid, 'SIGKILL')
      })
      .catch(reject)
  })
  expect(reason).toBe('The watchdog ended with SIGKILL')
  expect(await inspectProcess(guardPid)).toBeUndefined()
})
