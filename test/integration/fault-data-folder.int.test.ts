import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { readPostmasterFile } from '#db/embedded/postmaster-file.ts'
import { inspectProcess } from '#db/embedded/process-table.ts'
import { startEmbeddedServer } from '#db/embedded/server.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { type BuiltPrograms, buildPrograms } from '../helpers/build-program.ts'
import {
  makeDataFolder,
  query,
  STARTED_AT,
  type StartedApp,
  serverPid,
  startApp,
} from '../helpers/embedded-fixture.ts'
import { openEmbeddedApp } from '../helpers/embedded-test-app.ts'
import { refusalOf } from '../helpers/factories.ts'

let folder: string
let programs: BuiltPrograms<'app'>

beforeAll(async () => {
  programs = await buildPrograms({ app: 'test/helpers/embedded-app.ts' })
})
afterAll(() => programs.remove())
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'rangers-folder-')))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** What the server of another machine, killed there, has left: its pid here belongs to somebody else, or to nobody. */
async function leaveForeignTraces(data: string, pid: number, instanceId: string): Promise<void> {
  const place = '/home/somebody/agent-rangers/postgres'
  const lines = [
    pid,
    place,
    1_700_000_000,
    5432,
    '/run/user/4711/rangers-feedfacecafe',
    '',
    '  12345    4',
    'ready',
  ]
  await writeFile(join(data, 'postgres/postmaster.pid'), `${lines.join('\n')}\n`)
  await writeFile(join(data, 'postgres/postmaster.opts'), `/opt/other/bin/postgres "-D" "${place}"\n`)
  await mkdir(join(data, 'postgres.lock'), { recursive: true })
  await writeFile(join(data, `postgres.lock/${pid}.123456.${randomUUID()}`), '')
  await writeFile(join(data, 'postgres.moved'), '/var/lib/somewhere-else/data-feedfacecafe\n')
  await writeFile(join(data, `instances/${instanceId}.json`), JSON.stringify({ pid, started: '123456' }))
}

/** Folders and files open to everybody, as a stick or an archive gives them back. */
async function loseRights(path: string): Promise<void> {
  const isFolder = (await stat(path)).isDirectory()
  await chmod(path, isFolder ? 0o755 : 0o644)
  if (isFolder) for (const name of await readdir(path)) await loseRights(join(path, name))
}

test('a data folder copied from another machine opens: its agents are interrupted, and what is missing says so', async () => {
  const there = join(folder, 'there')
  const here = join(folder, 'here')
  const owner = randomUUID()
  let id: ExecutionId
  {
    await using app = await openEmbeddedApp(there)
    const { board, task } = await boardWithCard(app)
    const connection = await connectionOf(join(there, 'postgres'))
    const [row] = await query<{ id: ExecutionId }>(
      connection,
      `WITH project AS (INSERT INTO projects (name, path, is_repository) VALUES ('shop', '/home/somebody/shop', true) RETURNING id),
         board AS (UPDATE boards SET project_id = project.id FROM project WHERE boards.id = '${board}'),
         execution AS (
           INSERT INTO executions (task_id, board_id, workflow_type, provider, status, current_phase, branch, base_commit, owner_id, lease_expires_at)
           VALUES ('${task}', '${board}', 'development', 'scripted', 'running', 'development', 'rangers/X-1', repeat('a', 40), '${owner}', now() + interval '1 hour')
           RETURNING id)
       INSERT INTO workspaces (execution_id, project_id, path, branch, base_commit)
       SELECT execution.id, project.id, '/home/somebody/workspaces/X-1', 'rangers/X-1', repeat('a', 40) FROM execution, project
       RETURNING execution_id AS id`,
    )
    if (!row) throw new Error('no row')
    id = row.id
  }
  await cp(there, here, { recursive: true })
  const bystander = spawn('sleep', ['600'], { stdio: 'ignore' })
  await once(bystander, 'spawn')
  try {
    await leaveForeignTraces(here, bystander.pid ?? 0, owner)
    await loseRights(here)
    await using app = await openEmbeddedApp(here)
    expect((await app.api.boards.list()).map((board) => board.name)).toEqual(['Copied'])
    expect((await stat(join(here, 'postgres'))).mode & 0o777).toBe(0o700)
    expect((await app.api.executions.get({ id })).status).toBe('interrupted')
    expect(await refusalOf(app.api.executions.diff({ id }))).toEqual({
      code: 'PRECONDITION_FAILED',
      detail: {
        error: 'WORK_ELSEWHERE',
        message: expect.stringContaining(
          'This result is not on this computer: there is no folder /home/somebody/shop.',
        ),
      },
    })
    const refusal = { code: 'PRECONDITION_FAILED', detail: { error: 'PROJECT_ELSEWHERE' } }
    expect(await refusalOf(app.api.executions.resume({ id }))).toMatchObject(refusal)
    expect((await app.api.executions.get({ id })).status).toBe('interrupted')
    expect(bystander.exitCode).toBeNull()
  } finally {
    bystander.kill('SIGKILL')
  }
}, 90_000)

test('a stale lock whose process number belongs to another process by now keeps nobody out', async () => {
  const data = await makeDataFolder()
  const self = await inspectProcess(process.pid)
  await mkdir(`${data.dataFolder}.lock`)
  for (const [pid, startedAt] of [
    [process.pid, '1'], // the number was given to this process since
    [process.ppid, '1'],
    [2 ** 22 + 1, self?.startedAt], // nobody's
  ]) {
    await writeFile(join(`${data.dataFolder}.lock`, `${pid}.${startedAt}.${randomUUID()}`), '')
  }
  const server = await startEmbeddedServer({
    dataFolder: data.dataFolder,
    signal: AbortSignal.timeout(60_000),
  })
  expect(await readdir(`${data.dataFolder}.lock`)).toEqual([])
  await server.close()
  await data.remove()
})

test('of two apps on one folder the second uses the running server, goes on when the first quits, and then keeps it alive', async () => {
  const data = await makeDataFolder()
  const apps: StartedApp[] = []
  try {
    const [first, second] = [0, 1].map(() => startApp(programs.path.app, { dataFolder: data.dataFolder }))
    if (!first || !second) throw new Error('two apps')
    apps.push(first, second)
    const reports = [await first.report, await second.report]
    const started = await Promise.all(reports.map(({ connection }) => query(connection, STARTED_AT)))
    expect(started[0]).toEqual(started[1])
    const connection = reports[1]?.connection ?? {}
    await query(connection, 'CREATE TABLE kept AS SELECT 42 AS answer')

    await first.close()
    const read = () => query(connection, 'SELECT answer FROM kept').catch(() => [])
    expect(await read()).toEqual([{ answer: 42 }])
    const pid = (await serverPid(data.dataFolder)) ?? 0
    process.kill(pid, 'SIGKILL')
    await expect.poll(read, { timeout: 30_000 }).toEqual([{ answer: 42 }])
    expect(await serverPid(data.dataFolder)).not.toBe(pid)

    await second.close()
    expect(await serverPid(data.dataFolder)).toBeUndefined()
  } finally {
    for (const app of apps) if (app.process.exitCode === null) await app.kill()
    await data.remove()
  }
})

async function boardWithCard({ api }: Awaited<ReturnType<typeof openEmbeddedApp>>) {
  const { id } = await api.boards.create({ name: 'Copied', template: 'development' })
  const [column] = (await api.boards.get({ id })).columns
  if (!column) throw new Error('The template has columns')
  const task = await api.tasks.create({ board_id: id, column_id: column.id, title: 'Card' })
  return { board: id, task: task.id }
}

async function connectionOf(dataFolder: string) {
  const file = await readPostmasterFile(dataFolder)
  return { host: file?.socketFolder ?? '', port: file?.port ?? 0, user: 'rangers', database: 'agent_rangers' }
}
