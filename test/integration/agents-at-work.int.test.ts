import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AcpAgent } from '#electron/providers/acp/agent.ts'
import { createProviders } from '#electron/providers/registry.ts'
import type { ProviderId } from '#shared/provider.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { expectBudgetHeld, type Playground, runIntoBudget } from '../helpers/budget-run.ts'
import { buildPrograms } from '../helpers/build-program.ts'
import { plainAgent } from '../helpers/conformance-subjects.ts'
import { gitIn, makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { KEY, openCard, toTheEnd } from '../helpers/sum-app.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { APPROVED, CHANGES, SUM_REPOSITORY } from '../helpers/two-rounds.ts'

// Real processes that speak ACP, in the real sandbox, through the real gateway, under the real orchestrator.
const PLAIN: ProviderId = 'acp:plain'
const MENDED = 'export const sum = (a, b) => a + b\n'
const CAREFUL = 'export const sum = (a, b) => Number(a) + Number(b)\n'

let model: FakeModelServer
let app: TestApp
let sum: Playground
let folder: { path: string; remove: () => Promise<void> }

beforeEach(async () => {
  folder = await temporaryFolder()
  const repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
  model = await startFakeModelServer({ scenario: { apiKeys: [KEY] } })
  const bin = path.join(folder.path, 'bin')
  await mkdir(bin)
  // In one piece: in the sandbox this clone is not to be seen where it lies in a home or a temporary folder.
  const built = await buildPrograms({ 'plain-agent': 'test/agents/plain-agent.mjs' }, bin)
  const program = path.join(bin, 'plain-agent')
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${built.path['plain-agent']}" "$@"\n`)
  await chmod(program, 0o755)
  const agent: AcpAgent = { ...plainAgent(), args: [], program }
  app = await openTestApp({
    env: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: model.url },
    providers: createProviders({
      credentials: { key: () => KEY },
      baseUrl: model.url,
      folder: path.join(folder.path, 'agents'),
      agents: [agent],
    }),
  })
  sum = { app, model, repo }
})
afterEach(async () => {
  await app[Symbol.asyncDispose]()
  await model.close()
  await folder.remove()
})

const write = (text: string) => ({ name: 'write_file', input: { path: 'sum.js', text } })

describe('a card done by an agent that speaks ACP', () => {
  it('is written, reviewed, mended and approved; each call is counted, and none of them shows the key', async () => {
    const { board, task } = await openCard(sum)
    await app.api.boards.update({
      id: board.id,
      settings: { ...board.settings, clarity: false, permission_mode: 'edits' },
    })
    model.play({
      apiKeys: [KEY],
      rules: [
        { match: { firstUser: 'You are the reviewer' }, times: 1, reply: { text: JSON.stringify(CHANGES) } },
        { match: { firstUser: 'You are the reviewer' }, reply: { text: JSON.stringify(APPROVED) } },
        {
          match: { firstUser: 'gives .{1,3}12' },
          turns: [{ tools: [write(CAREFUL)] }, { text: 'Converted.' }],
        },
        { turns: [{ tools: [write(MENDED)] }, { text: 'Mended.' }] },
      ],
    })
    const { id } = await app.api.executions.start({
      task_id: task.id,
      workflow_type: 'quick_development',
      provider: PLAIN,
    })
    const { end, events } = await toTheEnd(app, id)
    expect([end.status, end.error_message]).toEqual(['completed', null])
    expect(end.steps.map(({ phase, status }) => `${phase} ${status}`)).toEqual([
      'development completed',
      'review completed',
      'fix completed',
      'review completed',
    ])
    expect(await gitIn(sum.repo, 'show', `${end.branch}:sum.js`)).toBe(CAREFUL.trim())
    expect(await readFile(path.join(sum.repo, 'sum.js'), 'utf8')).toBe(SUM_REPOSITORY['sum.js'])
    // Two calls for each writing step, one for each review, all through the gateway.
    const { rows } = await app.ctx.db.execute(
      sql`select count(*)::int as calls, bool_or(is_estimate) as estimated from model_calls where execution_id = ${id}`,
    )
    expect(rows).toEqual([{ calls: 6, estimated: false }])
    expect(end.usage).toMatchObject({ input: 600, output: 60 })
    expect(end.cost_is_estimate).toBe(false)
    expect(JSON.stringify(events)).not.toContain(KEY)
  })

  it('may not write outside its workspace by a command either, where the system has a sandbox', async () => {
    const { board, task } = await openCard(sum)
    await app.api.boards.update({
      id: board.id,
      settings: { ...board.settings, clarity: false, permission_mode: 'full' },
    })
    const outside = path.join(folder.path, 'sum', 'outside.txt')
    const run = { name: 'run', input: { command: `echo x > "${outside}" || true` } }
    model.play({
      apiKeys: [KEY],
      rules: [
        { match: { firstUser: 'You are the reviewer' }, reply: { text: JSON.stringify(APPROVED) } },
        { turns: [{ tools: [run, write(MENDED)] }, { text: 'Mended.' }] },
      ],
    })
    const { id } = await app.api.executions.start({
      task_id: task.id,
      workflow_type: 'quick_development',
      provider: PLAIN,
    })
    const { end } = await toTheEnd(app, id)
    expect(end.status).toBe('completed')
    expect(['bubblewrap', 'seatbelt', 'none']).toContain(end.sandbox)
    const written = await readFile(outside, 'utf8').catch(() => null)
    if (end.sandbox !== 'none') expect(written).toBeNull()
  })
})

it('trap: an agent that asks without end fills no inbox', async () => {
  const { board, task } = await openCard(sum)
  await app.api.boards.update({
    id: board.id,
    settings: { ...board.settings, clarity: false, permission_mode: 'ask' },
  })
  const ask = { name: 'permission', input: { kind: 'execute', rawInput: { command: 'x' }, times: 30 } }
  model.play({
    apiKeys: [KEY],
    rules: [{ turns: [{ tools: [ask] }, { tools: [{ name: 'sleep', input: {} }] }] }],
  })
  const { id } = await app.api.executions.start({
    task_id: task.id,
    workflow_type: 'quick_development',
    provider: PLAIN,
  })
  await model.received(2) // it was refused one of them, and goes on
  await expect.poll(async () => (await app.api.approvals.list({})).length).toBe(20)
  await app.api.executions.cancel({ id })
  await toTheEnd(app, id)
})

it('a budget of $0.10 holds for an agent that speaks ACP: not one call is made beyond the limit', async () => {
  const run = await runIntoBudget(sum, {
    provider: PLAIN,
    reply: { tools: [{ name: 'read_file', input: { path: 'sum.js' } }] },
  })
  await expectBudgetHeld(sum, run)
})
