import { rm, writeFile } from 'node:fs/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { getDatabaseHealth, getHealth } from '#electron/services/health.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
})
afterEach(() => app[Symbol.asyncDispose]())

/** The app's context over a database that nobody serves. */
async function withoutDatabase<T>(work: (ctx: TestApp['ctx']) => Promise<T>): Promise<T> {
  const { openDatabase } = await import('#db/client.ts')
  const lost = openDatabase({ connection: 'postgresql://u:hunter2@127.0.0.1:1/d' })
  try {
    return await work({ ...app.ctx, db: lost.db, poolStatus: lost.poolStatus })
  } finally {
    await lost.close()
  }
}

async function statement(sql: string): Promise<void> {
  const client = new pg.Client(app.connection)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

describe('with all in order', () => {
  test('the health bodies of both seeds are given', async () => {
    expect(await app.api.system.health()).toEqual({
      status: 'healthy',
      ok: true,
      version: '0.0.0-test',
      database: 'connected',
      uptime: expect.any(Number),
      pool: { total: expect.any(Number), idle: expect.any(Number), waiting: 0 },
    })
    expect(await app.api.system.healthDb()).toEqual({ status: 'ok', database: 'connected' })
  })

  test('the pool tells its connections, and those who wait', async () => {
    await Promise.all(Array.from({ length: 3 }, () => app.api.boards.list()))
    const { total, idle, waiting } = await app.api.system.poolStatus()
    expect(total).toBeGreaterThan(0)
    expect(idle).toBeLessThanOrEqual(total)
    expect(waiting).toBe(0)
  })

  test('the app is ready', async () => {
    const { ready, checks } = await app.api.system.ready()
    expect(ready).toBe(true)
    const states = Object.fromEntries(checks.map((check) => [check.name, check.state]))
    expect(states).toMatchObject({
      git: 'ok',
      PostgreSQL: 'ok',
      'Database schema': 'ok',
      'Data folder': 'ok',
    })
    for (const check of checks) expect(check.fix === null).toBe(check.state === 'ok')
  })
})

describe('without the database', () => {
  test('health answers with what is wrong, and holds no password', async () => {
    expect(await withoutDatabase(getHealth)).toMatchObject({
      status: 'unhealthy',
      ok: false,
      database: 'disconnected',
    })
    const health = await withoutDatabase(getDatabaseHealth)
    expect(health).toEqual({ status: 'error', database: expect.stringMatching(/does not answer/) })
    expect(JSON.stringify(health)).not.toContain('hunter2')
  })
})

describe('not ready', () => {
  const missing = async () =>
    (await app.api.system.ready()).checks.filter((check) => check.state === 'missing')

  test('a migration that was undone behind its back', async () => {
    await statement(
      'DELETE FROM schema_migrations WHERE revision = (SELECT max(revision) FROM schema_migrations)',
    )
    expect(await missing()).toEqual([
      {
        name: 'Database schema',
        state: 'missing',
        found: '1 migrations not applied, 0 changed, 0 unknown',
        fix: expect.stringContaining('npm run db -- up'),
      },
    ])
    expect((await app.api.system.ready()).ready).toBe(false)
  })

  test('a schema of another version of the app', async () => {
    await statement(`UPDATE schema_migrations SET checksum = 'another'`)
    expect(await missing()).toMatchObject([
      { name: 'Database schema', fix: expect.stringContaining('version') },
    ])
  })

  test('a data folder that cannot be written', async () => {
    await rm(app.dataFolder, { recursive: true })
    await writeFile(app.dataFolder, 'no folder') // also root cannot write into it
    expect(await missing()).toMatchObject([{ name: 'Data folder', fix: expect.stringContaining('space') }])
  })
})
