import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createProviders } from '#electron/providers/registry.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import { isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { startFakeModelServer } from '../fake-model-server/server.ts'
import { refusalOf } from '../helpers/factories.ts'
import { makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { plantSecret } from '../helpers/run-logs.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { SUM_REPOSITORY, TWO_ROUNDS } from '../helpers/two-rounds.ts'

const KEY = 'sk-ant-secret-0123456789'
const STORED = 'a-key-of-another-shape-9876'
const OTHERS = {
  JWT_SECRET: 'jwtSecret'.repeat(5),
  SECRET_KEY: 'anotherSecret'.repeat(4),
  ADO_PAT: 'ado-pat-0123456789',
  GITHUB_TOKEN: 'github-token-0123456789',
  JIRA_TOKEN: 'jira-token-0123456789',
  LINEAR_TOKEN: 'linear-token-0123456789',
  REDIS_URL: 'redis://:redis-password@localhost:6379/0',
}

/** Every file that the app writes for people to read, as one text. */
async function logsOf(dataFolder: string): Promise<string> {
  const folder = path.join(dataFolder, 'logs')
  const texts = (await readdir(folder)).map((name) => readFile(path.join(folder, name), 'utf8'))
  return (await Promise.all(texts)).join('')
}

async function runToTheEnd(app: TestApp, id: ExecutionId): Promise<void> {
  for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(25_000)))
    if (body.type === 'status' && !isActive(body.status)) break
  await app.ctx.orchestrator.settled(id)
}

test('no secret is in any log after executions, failing calls and every statement at level debug', async () => {
  const folder = await temporaryFolder()
  const repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
  const leaks = {
    rules: [
      { match: { system: 'architect' }, reply: { text: `The key is ${KEY}, the token ${OTHERS.ADO_PAT}.` } },
      ...(TWO_ROUNDS.rules ?? []),
    ],
  }
  const model = await startFakeModelServer({ scenario: leaks })
  const app = await openTestApp({
    env: { ...OTHERS, ANTHROPIC_API_KEY: KEY, LOG_LEVEL: 'debug', DATABASE_ECHO: 'true', DEBUG: 'true' },
    providers: createProviders({
      credentials: { key: () => KEY },
      baseUrl: model.url,
      delay: async (_ms, signal) => signal.throwIfAborted(),
    }),
  })
  let logs: string
  try {
    const { board } = await app.api.projects.open({ path: repo })
    const [column] = (await app.api.boards.get({ id: board.id })).columns
    if (!column) throw new Error('no column')
    const title = `Mend ${KEY}`
    const first = await app.api.tasks.create({ board_id: board.id, column_id: column.id, title })
    const { id } = await app.api.executions.start({ task_id: first.id })
    await runToTheEnd(app, id)
    model.play({ ...TWO_ROUNDS, apiKeys: ['another'] }) // the model refuses the key
    const second = await app.api.tasks.create({ board_id: board.id, column_id: column.id, title })
    await runToTheEnd(app, (await app.api.executions.start({ task_id: second.id })).id)
    await app.api.settings.setCredential({ key: await plantSecret(STORED) })
    await refusalOf(app.api.projects.open({ path: `/nowhere/${KEY}` }))
    await refusalOf(app.api.tasks.create({ board_id: id as never, column_id: column.id, title }))
    // What others may log: errors that carry a connection, an address, headers.
    const url = 'postgresql://u:pass-of-another@localhost:1/d'
    const client = new pg.Client({ connectionString: url })
    const error = await client.connect().catch((failure: Error) => failure)
    const headers = { authorization: `Bearer ${STORED}`, 'x-api-key': 'unknown-api-key' }
    app.ctx.log.error({ err: Object.assign(error ?? new Error('none'), { client, headers, url }) }, url)
    app.ctx.log.debug({ client, config: app.ctx.config, headers }, `${STORED} ${KEY}`)
  } finally {
    const { dataFolder, ctx } = app
    await ctx.orchestrator.stop()
    ctx.log.info({ event: 'last_line' }, 'done')
    await expect.poll(() => logsOf(dataFolder)).toContain('last_line')
    logs = await logsOf(dataFolder)
    await app[Symbol.asyncDispose]()
    await model.close()
    await folder.remove()
  }

  const password = String(app.connection.password ?? '')
  const secrets = [
    KEY,
    STORED,
    'redis-password',
    'pass-of-another',
    'unknown-api-key',
    ...Object.values(OTHERS),
  ]
  expect(secrets.filter((secret) => logs.includes(secret))).toEqual([])
  if (password.length > 7) expect(logs).not.toContain(password)
  expect(logs).not.toMatch(/:\/\/[^\s:/"]*:(?!\[redacted\])[^\s"/]*@/)

  const lines = logs
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const events = new Set(lines.map((line) => line.event))
  expect(events).not.toContain(undefined)
  expect([...events]).toEqual(
    expect.arrayContaining(['app_start', 'config_unused_keys', 'database_connection_created']),
  )
  expect(lines.find((line) => line.event === 'config_unused_keys').keys).toContain('ADO_PAT')
  expect(lines.find((line) => line.event === 'database_connection_created')).toMatchObject({
    level: 'info',
    pool_size: 4,
    max_overflow: 10,
    instance_id: app.ctx.instanceId,
  })
  // A call and the run that it started have one id, down to the statements.
  const start = lines.find((line) => line.event === 'call' && line.path === 'executions.start')
  const ofRun = lines.filter((line) => line.correlation_id === start.correlation_id)
  expect(new Set(ofRun.map((line) => line.execution_id)).size).toBe(2) // the call has none, its run has one
  expect(new Set(ofRun.map((line) => line.event))).toEqual(
    new Set(['call', 'database_statement', 'step_committed']),
  )
})
