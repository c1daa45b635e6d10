import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Provider } from '#electron/providers/provider.ts'
import { createProviders } from '#electron/providers/registry.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { expectBudgetHeld, type Playground, runIntoBudget } from '../helpers/budget-run.ts'
import { makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { HTTP_AGENT, httpAgent, withProvider } from '../helpers/http-agent.ts'
import { KEY, openCard, toTheEnd } from '../helpers/sum-app.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { SUM_REPOSITORY } from '../helpers/two-rounds.ts'

/** An answer after which the model is asked again, for ever. */
const AGAIN = { text: 'I look.', tools: [{ name: 'list_files', input: {} }] }

let model: FakeModelServer
let app: TestApp
let sum: Playground
let folder: { path: string; remove: () => Promise<void> }

async function open(agent: Provider = httpAgent()): Promise<void> {
  folder = await temporaryFolder()
  const repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
  model = await startFakeModelServer({ scenario: { apiKeys: [KEY] } })
  const real = createProviders({
    credentials: { key: () => KEY },
    baseUrl: model.url,
    delay: async (_ms, signal) => signal.throwIfAborted(),
  })
  app = await openTestApp({
    env: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: model.url },
    providers: withProvider(real, agent),
  })
  sum = { app, model, repo }
}

beforeEach(() => open())
afterEach(async () => {
  await app[Symbol.asyncDispose]()
  await model.close()
  await folder.remove()
})
const reopen = async (agent: Provider) => {
  await app[Symbol.asyncDispose]()
  await model.close()
  await folder.remove()
  await open(agent)
}

const notices = (events: { type: string; text?: string }[]) =>
  events.flatMap((event) => (event.type === 'notice' ? [event.text ?? ''] : []))

describe('a budget of $0.10: not one call is made beyond the limit', () => {
  it('by the Anthropic provider', async () => {
    const run = await runIntoBudget(sum, { provider: 'anthropic', reply: AGAIN })
    await expectBudgetHeld(sum, run)
    expect(model.requests).toHaveLength(4)
    expect(notices(run.events).filter((text) => text.includes('$0.09 of the $0.10'))).toHaveLength(1)
  })

  it('by a process of an agent, through the gateway, however often it tries', async () => {
    const run = await runIntoBudget(sum, { provider: HTTP_AGENT, reply: { text: 'ok' } })
    await expectBudgetHeld(sum, run)
    expect(model.requests).toHaveLength(4)
    expect(run.end.steps[0]?.output_content).toMatch(/402 .*billing_error/)
    expect(run.end.cost_is_estimate).toBe(false)
  })

  it('by the demo agent, which asks no model: it is done, and not one call is made', async () => {
    const { end } = await runIntoBudget(sum, { provider: 'scripted', reply: AGAIN })
    expect(end).toMatchObject({ status: 'completed', cost_usd: 0 })
    expect(model.requests).toEqual([])
  })

  it('by a process that makes five calls at once: only the last one ends above it', async () => {
    await reopen(httpAgent({ parallel: 5 }))
    const run = await runIntoBudget(sum, { provider: HTTP_AGENT, reply: { text: 'ok' } })
    await expectBudgetHeld(sum, run)
    expect(model.requests).toHaveLength(4)
  })
})

it('executions side by side on a board cannot both pass its last cent', async () => {
  const { board, task, backlog } = await openCard(sum)
  await app.api.boards.update({ id: board.id, settings: { ...board.settings, clarity: false } })
  await app.api.budgets.set({ board_id: board.id, period: 'month', limit_usd: 0.1 })
  model.play({ default: { ...AGAIN, usage: { input_tokens: 10_000, output_tokens: 1000 }, chunkDelayMs: 2 } })
  const other = await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'The other' })
  const start = (task_id: typeof task.id) =>
    app.api.executions.start({ task_id, workflow_type: 'quick_development', provider: 'anthropic' })
  const started = [await start(task.id), await start(other.id)]
  const ends = await Promise.all(started.map(({ id }) => toTheEnd(app, id)))
  expect(ends.map(({ end }) => [end.status, end.failure_kind])).toEqual([
    ['blocked', 'budget'],
    ['blocked', 'budget'],
  ])
  expect(model.requests).toHaveLength(4)
  const [budget] = await app.api.budgets.list({ board_id: board.id })
  expect(budget?.spent_usd).toBeCloseTo(0.12, 9)
})

it('raising the limit goes on with what it had stopped, and says so; lowering it stops nothing twice', async () => {
  const { end, task } = await runIntoBudget(sum, { provider: 'anthropic', reply: AGAIN })
  const { board_id } = task
  await app.api.budgets.set({ board_id, period: 'execution', limit_usd: 0.05 })
  expect((await app.api.executions.get({ id: end.id })).status).toBe('blocked')
  model.play({ default: { text: 'Done.', json: { status: 'APPROVED', summary: 'Good.', findings: [] } } })
  await app.api.budgets.set({ board_id, period: 'execution', limit_usd: 5 })
  const { events, end: after } = await toTheEnd(app, end.id, end.last_sequence)
  expect(after.status).toBe('completed')
  expect(notices(events)).toContain('There is budget again: going on.')
})

it('is told as that, and not as a failure, also later; what fails after it has failed', async () => {
  const { end, task } = await runIntoBudget(sum, { provider: 'anthropic', reply: AGAIN })
  const [line] = await app.api.activity.list({ board_id: task.board_id, task_id: task.id, limit: 1 })
  expect(line?.message).toMatch(/^was stopped by the budget on .* is used up: \$0\.12 of \$0\.10/)
  const [told] = await app.api.notifications.list({})
  expect(told).toMatchObject({ kind: 'needs_input', title: expect.stringContaining('is out of budget') })
  model.play({ default: { error: { type: 'authentication_error' } } })
  await app.api.executions.setBudget({ id: end.id, limit_usd: 5 })
  const { end: after } = await toTheEnd(app, end.id, end.last_sequence)
  expect(after.steps.map(({ status, stopped_by_budget }) => [status, stopped_by_budget])).toEqual([
    ['failed', true],
    ['failed', false],
  ])
})

it('an execution has a limit of its own, above that of its board', async () => {
  const { end } = await runIntoBudget(sum, { provider: 'anthropic', reply: AGAIN })
  model.play({ default: { text: 'Done.', json: { status: 'APPROVED', summary: 'Good.', findings: [] } } })
  const raised = await app.api.executions.setBudget({ id: end.id, limit_usd: 1 })
  expect(raised.budget_usd).toBe(1)
  expect((await toTheEnd(app, end.id, end.last_sequence)).end.status).toBe('completed')
})

it('a run that the month of its board stopped says which limit that is, and goes on when that one is raised', async () => {
  const { end, task } = await runIntoBudget(sum, { provider: 'anthropic', reply: AGAIN })
  const { board_id } = task
  const scopes = async () =>
    (await app.api.executions.limits({ id: end.id })).map(({ scope, is_used_up }) => [scope, is_used_up])
  await app.api.budgets.set({ board_id, period: 'month', limit_usd: 0.1 })
  expect(await scopes()).toEqual([
    ['execution', true],
    ['board', true],
  ])
  await app.api.executions.setBudget({ id: end.id, limit_usd: 5 })
  expect((await app.api.executions.get({ id: end.id })).status).toBe('blocked')
  expect(await scopes()).toEqual([
    ['execution', false],
    ['board', true],
  ])
  model.play({ default: { text: 'Done.', json: { status: 'APPROVED', summary: 'Good.', findings: [] } } })
  await app.api.budgets.set({ board_id, period: 'month', limit_usd: 5 })
  expect((await toTheEnd(app, end.id, end.last_sequence)).end.status).toBe('completed')
})

it('a cancelled call is counted, and its process finds no model any more', async () => {
  const { board, task } = await openCard(sum)
  await app.api.boards.update({ id: board.id, settings: { ...board.settings, clarity: false } })
  model.play({ default: { text: 'x'.repeat(400), chunkChars: 20, stall: { afterEvents: 12 } } })
  const { id } = await app.api.executions.start({
    task_id: task.id,
    workflow_type: 'quick_development',
    provider: HTTP_AGENT,
  })
  await model.received(1)
  await app.api.executions.cancel({ id })
  await expect.poll(() => model.requests[0]?.closedByClient).toBe(true)
  const { rows } = await app.ctx.db.execute(
    sql`select input_tokens, is_estimate, cost_usd from model_calls where execution_id = ${id}`,
  )
  expect(rows).toMatchObject([{ is_estimate: true }])
  expect((await app.api.executions.get({ id })).status).toBe('cancelled')
})

it('neither key nor pass is in the log of the execution, or anywhere in the database', async () => {
  const { end } = await runIntoBudget(sum, { provider: HTTP_AGENT, reply: { text: 'ok' } })
  const { rows } = await app.ctx.db.execute<{ all: string }>(
    sql`select string_agg(body::text, ' ') as all from execution_events where execution_id = ${end.id}`,
  )
  expect(rows[0]?.all).toContain('billing_error')
  expect(rows[0]?.all).toContain('my pass is [redacted]')
  expect(rows[0]?.all).not.toMatch(/rangers-[\w-]{20}/)
  expect(rows[0]?.all).not.toContain(KEY)
})
