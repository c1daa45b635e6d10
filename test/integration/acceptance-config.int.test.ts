import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '#electron/config.ts'
import { ConfigError } from '#electron/config-error.ts'
import { CONFIG_KEYS } from '#electron/env-keys.ts'
import { logPath } from '#electron/log.ts'
import { buildPrograms } from '../helpers/build-program.ts'
import { urlOf } from '../helpers/database-url.ts'
import { makeBoard } from '../helpers/factories.ts'
import type { ImportReport } from '../helpers/import-everything.ts'
import { openTestApp } from '../helpers/test-app.ts'

const PASSWORD = 'hunter2-hunter2'
const CARD = 'Text of a card: hunter3-hunter3'

function problemsOf(env: Record<string, string>): string[] {
  try {
    return loadConfig({ env, cwd: tmpdir(), home: tmpdir() }).ignored
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('acceptance 10: config', () => {
  test('without DATABASE_URL the app has its own database', async () => {
    const { databaseUrl } = loadConfig({ env: {}, cwd: tmpdir(), home: tmpdir() })
    expect(databaseUrl).toBeNull()
  })

  test('bad values are a readable list, one sentence each', async () => {
    expect(problemsOf({ DATABASE_POOL_SIZE: '0', DATABASE_URL: 'mysql://h/d', LOG_LEVEL: 'loud' })).toEqual([
      'DATABASE_URL is not valid: expected postgresql://user:password@host:5432/database.',
      'DATABASE_POOL_SIZE is "0": expected a whole number from 1 to 500.',
      'LOG_LEVEL is "loud": expected one of debug, info, warn, error.',
    ])
  })

  test('a placeholder where a secret is used is refused, and where none is used it is told', async () => {
    const sentence = /still has the value of a sample/
    const used = () => loadConfig({ env: { ANTHROPIC_API_KEY: 'your-api-key' }, cwd: tmpdir() })
    expect(used).toThrow(sentence)
    expect(problemsOf({ JWT_SECRET: 'change-me' })).toEqual([expect.stringMatching(sentence)])
  })

  test('what is wrong in an unused key stands in the log and among the checks of the settings', async () => {
    await using app = await openTestApp({ env: { JWT_SECRET: 'too-short-hunter2' } })
    const { checks } = await app.api.system.ready()
    expect(checks.find(({ name }) => name === 'Configuration')).toEqual({
      name: 'Configuration',
      state: 'warning',
      found: 'JWT_SECRET is not valid: expected a random text of 32 characters or more.',
      fix: expect.stringMatching(/Nothing here uses/),
    })
    const log = await readFile(logPath(app.dataFolder), 'utf8')
    expect(log).toContain('"event":"config_ignored"')
    expect(log).not.toContain('too-short-hunter2')
  })

  test('the driver’s name in an address is normalised', async () => {
    const env = { DATABASE_URL: 'postgresql+asyncpg://u:p@h:5432/d' }
    const { databaseUrl } = loadConfig({ env, cwd: tmpdir() })
    expect(databaseUrl?.reveal()).toBe('postgresql://u:p@h:5432/d')
  })

  test('importing any module opens nothing, starts nothing and reads no configuration', async () => {
    await using programs = await buildPrograms({ imports: 'test/helpers/import-everything.ts' })
    const env = {
      PATH: process.env.PATH ?? '',
      SPIED_KEYS: CONFIG_KEYS.join(),
      DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/d',
      RANGERS_DATA_DIR: '/nowhere',
    }
    const { stdout } = await promisify(execFile)(process.execPath, [programs.path.imports], { env })
    const report: ImportReport = JSON.parse(stdout)
    expect(report).toEqual({ count: expect.any(Number), failed: [], did: [], left: [] })
    expect(report.count).toBeGreaterThan(100)
  })

  test('the log holds neither the password nor what was being written when a statement fails', async () => {
    await using near = await openTestApp()
    const address = urlOf({ ...near.connection, password: PASSWORD })
    await using app = await openTestApp({
      beside: near,
      env: { DATABASE_URL: address, DATABASE_ECHO: 'true', LOG_LEVEL: 'debug' },
    })
    const { board, backlog } = await makeBoard(app)
    await app.ctx.db.execute(sql`ALTER TABLE tasks ADD CHECK (title NOT LIKE 'Text of a card%')`)
    const refused = app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: CARD })
    await expect(refused).rejects.toThrow()
    const broken = app.ctx.db.execute(
      sql`INSERT INTO tasks (id, title) VALUES (${'hunter3\n    at x'}, ${CARD})`,
    )
    const error = await broken.catch((reason: unknown) => reason)
    app.ctx.log.error({ err: error }, 'a statement failed')
    const log = () => readFile(logPath(app.dataFolder), 'utf8')
    await expect.poll(log).toContain('a statement failed')
    expect(await log()).toMatch(/INSERT INTO tasks .*\(2 parameters\)/)
    expect(await log()).toContain('"code":"22P02"')
    expect(await log()).not.toMatch(/hunter[23]/)
  })
})
