import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildPrograms } from '../helpers/build-program.ts'
import { urlOf } from '../helpers/database-url.ts'
import { fillEveryTable, readEverything } from '../helpers/every-table.ts'
import { keepLogs } from '../helpers/run-logs.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/test-database.ts'

/** A project of its own, so that `make` writes into no migrations but its own. */
let project: string
let dataFolder: string
let database: TestDatabase

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'rangers-db-cli-'))
  await using programs = await buildPrograms({
    database: 'electron/terminal/database.ts',
    watchdog: 'db/embedded/watchdog.ts',
  })
  await mkdir(path.join(project, 'out'))
  await cp(path.dirname(programs.path.database), path.join(project, 'out/main'), { recursive: true })
  await cp('package.json', path.join(project, 'package.json'))
  await symlink(path.resolve('node_modules'), path.join(project, 'node_modules'))
})
afterAll(() => rm(project, { recursive: true }))
beforeEach(async () => {
  database = await createTestDatabase({ migrated: false })
  dataFolder = await mkdtemp(path.join(tmpdir(), 'rangers-db-data-'))
  await cp('migrations', path.join(project, 'migrations'), { recursive: true })
})
afterEach(async () => {
  await database.close()
  await keepLogs(dataFolder)
  await rm(dataFolder, { recursive: true })
  await rm(path.join(project, 'migrations'), { recursive: true })
})

async function db(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return await dbWith({ DATABASE_URL: urlOf(database.connection) }, ...args)
}

async function dbWith(env: Record<string, string>, ...args: string[]) {
  const { PATH = '', HOME = '' } = process.env
  const program = path.join(project, 'out/main/database.mjs')
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH, HOME, RANGERS_DATA_DIR: dataFolder, ...env },
  })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk) => (texts[name] += chunk))
  const [code] = await once(child, 'close')
  return { code: code as number | null, ...texts }
}

const revisions = async () => {
  const names = await readdir(path.join(project, 'migrations'))
  return names.flatMap((name) => /^(\d{4}[^_]*)_/.exec(name)?.[1] ?? []).sort()
}

describe('npm run db', () => {
  test('goes up by a step, to the head, down and back, and tells where it is', async () => {
    const all = await revisions()
    expect(await db('up', '1')).toMatchObject({ code: 0, stdout: 'Applied 0001_initial_schema\n' })
    expect((await db('current')).stdout).toMatch(
      /0001_initial_schema +applied .*\n0002_agent_executions +pending/,
    )
    expect((await db('check')).code).toBe(1)
    expect((await db('up')).stdout).toContain('Applied 0002_agent_executions')
    expect(await db('check')).toMatchObject({ code: 0, stdout: 'The database is what the schema says.\n' })
    expect(await db('up')).toMatchObject({
      code: 0,
      stdout: 'Nothing to apply: the database is up to date.\n',
    })
    const current = JSON.parse((await db('current', '--json')).stdout)
    expect(current).toMatchObject({ pending: [], changed: [], unknown: [] })
    expect(current.applied.map((row: { revision: string }) => row.revision)).toEqual(all)
    expect((await db('down', '-1')).stdout).toMatch(/^Undid \d{4}/)
    expect((await db('down', 'base')).stdout).toContain('Undid 0001_initial_schema')
  })

  test('tells the history without a server', async () => {
    const nowhere = { DATABASE_URL: 'postgresql://localhost:1/nothing' }
    expect((await dbWith(nowhere, 'history')).stdout).toMatch(/0001 → 0002.* 2026-.*\nbase → 0001 +2026-/)
    const list = JSON.parse((await dbWith(nowhere, 'history', '--json')).stdout)
    expect(list.at(-1)).toMatchObject({ revision: '0001', parents: [], head: false })
    const sql = await dbWith(nowhere, 'sql', '0001', '0002')
    expect(sql.stdout).toMatch(/^-- up: 0002_agent_executions\nBEGIN;\n[\s\S]*COMMIT;\n$/)
    expect(await dbWith(nowhere, 'current')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not answer'),
    })
  })

  test('makes a migration, finds two heads and joins them', async () => {
    const made = await db('make', 'Add labels')
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const folder = /Wrote migrations\/(\S+_add_labels)\n/.exec(made.stdout)?.[1] ?? ''
    const meta = JSON.parse(await readFile(path.join(project, 'migrations', folder, 'meta.json'), 'utf8'))
    expect(meta.message).toBe('Add labels')
    expect((await db('merge')).stderr).toContain('one head')
    await rm(path.join(project, 'migrations', folder), { recursive: true })
    await db('make', 'Ours', '--empty')
    const ours = (await revisions()).at(-1) ?? ''
    const name = (await readdir(path.join(project, 'migrations'))).find((each) => each.startsWith(ours)) ?? ''
    await cp(path.join(project, 'migrations', name), path.join(project, 'kept'), { recursive: true })
    await rm(path.join(project, 'migrations', name), { recursive: true })
    await db('make', 'Theirs', '--empty')
    await cp(path.join(project, 'kept'), path.join(project, 'migrations', name), { recursive: true })
    const refused = await db('up')
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('npm run db -- merge') })
    expect((await db('merge', 'Join')).stdout).toMatch(/Wrote migrations\/\S+_join/)
    expect((await db('up')).code).toBe(0)
  })

  test('stamps without running anything', async () => {
    expect((await db('stamp', '0001')).stdout).toBe(
      'Noted as applied: 0001_initial_schema. Nothing was run.\n',
    )
    const { rows } = await database.pool.query(`SELECT to_regclass('boards') AS made`)
    expect(rows).toEqual([{ made: null }])
  })

  test('says what it does not understand, with 64', async () => {
    for (const [args, problem] of [
      [['fly'], '“fly” is no command.'],
      [['up', '1', '2'], '“2” is too much.'],
      [['sql', 'base'], '“sql” needs TO after it.'],
      [['up', '--force'], '--force does not belong to “up”.'],
    ] as const) {
      expect(await db(...args)).toMatchObject({ code: 64, stderr: expect.stringContaining(problem) })
    }
    expect((await db('help')).stdout).toContain('Usage: npm run db')
    expect(await db('up', '0009')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no migration 0009'),
    })
  })

  test('backs up and restores', async () => {
    await db('up')
    await fillEveryTable(database.pool)
    const before = await readEverything(database.pool)
    const made = await db('backup')
    expect(made.stdout).toMatch(
      /Backed up \d+ rows of \d+ tables to .*\nVerified: restored into a scratch database/,
    )
    const [backup] = JSON.parse((await db('backups', '--json')).stdout)
    expect(backup).toMatchObject({ kind: 'manual', problem: null })
    const file = path.join(dataFolder, 'backups', backup.name)
    await database.pool.query(`UPDATE tasks SET title = 'changed'`)
    expect(await db('restore', file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('add --force'),
    })
    expect((await db('restore', file, '--force')).stdout).toMatch(/Backed up what was there to .*\nRestored /)
    expect(await readEverything(database.pool)).toEqual(before)
    expect((await db('restore', 'nothing.gz')).stderr).toContain('There is no file')
  })

  test('works on the embedded server: backs up before a loss, restores by changing places', async () => {
    const own = (...args: string[]) => dbWith({}, ...args)
    expect((await own('up')).stdout).toContain('Applied 0001_initial_schema')
    const kept = path.join(dataFolder, 'kept.backup.gz')
    expect((await own('backup', kept)).code).toBe(0)
    const down = await own('down', 'base')
    expect(down.stdout).toMatch(/^Backed up to .*-migration\.backup\.gz\nUndid /)
    const restored = await own('restore', kept)
    expect(restored).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('agent_rangers_before_restore'),
    })
    expect(await own('check')).toMatchObject({ code: 0 })
  }, 90_000)
})
