import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import type { Provider, ProviderHost, StepResult } from '#electron/providers/provider.ts'
import { createProviders } from '#electron/providers/registry.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { runIntoBudget } from '../helpers/budget-run.ts'
import { makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { HTTP_AGENT, withProvider } from '../helpers/http-agent.ts'
import { KEY, openCard, toTheEnd } from '../helpers/sum-app.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { SUM_REPOSITORY } from '../helpers/two-rounds.ts'

/** An agent with a login of its own: nobody sees its calls, it says what it has used. */
let work: (host: ProviderHost) => Promise<Partial<StepResult>>
let folder: { path: string; remove: () => Promise<void> }
let repo: string
let model: FakeModelServer
let app: TestApp

const NOTHING = { input: 0, output: 0, cache_read: 0, cache_write: 0 }
const USED = { input: 1000, output: 100, cache_read: 0, cache_write: 0 }
const agent: Provider = {
  id: HTTP_AGENT,
  status: async () => ({ id: HTTP_AGENT, name: 'x', available: true, message: 'x', is_demo: false }),
  run: async (_request, host) => ({
    status: 'completed',
    text: '{"status":"APPROVED","summary":"Good.","findings":[]}',
    turns: 1,
    usage: USED,
    costUsd: 0.02,
    model: 'claude-sonnet-5-5',
    costIsEstimate: true,
    ...(await work(host)),
  }),
}

beforeEach(async () => {
  folder = await temporaryFolder()
  repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
  model = await startFakeModelServer()
  app = await openTestApp({
    providers: withProvider(createProviders({ credentials: { key: () => KEY } }), agent),
    env: { ANTHROPIC_BASE_URL: model.url, ANTHROPIC_API_KEY: KEY },
  })
})
afterEach(async () => {
  await app[Symbol.asyncDispose]()
  await model.close()
  await folder.remove()
})

const run = () => runIntoBudget({ app, model, repo }, { provider: HTTP_AGENT, reply: {} })
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
async function calls() {
  const { rows } = await app.ctx.db.execute<{ cost_usd: number; is_estimate: boolean }>(
    sql`select cost_usd, is_estimate, input_tokens from model_calls order by id`,
  )
  return rows
}

it('what an agent with a login of its own says at the end of a step is counted, as an estimate', async () => {
  work = async () => ({})
  const { end } = await run()
  expect(end.status).toBe('completed')
  expect(await calls()).toEqual(
    end.steps.map(() => ({ cost_usd: 0.02, is_estimate: true, input_tokens: 1000 })),
  )
})

it('one that says while it works that it is above the limit is ended, and blocked by the budget', async () => {
  work = async (host) => {
    host.emit({ type: 'usage', usage: USED, costUsd: 0.09, model: 'm' })
    expect(host.signal.aborted).toBe(false)
    host.emit({ type: 'usage', usage: USED, costUsd: 0.11, model: 'm' })
    await aborted(host.signal)
    return { status: 'cancelled', costUsd: 0.11 }
  }
  const { end } = await run()
  expect(end).toMatchObject({ status: 'blocked', failure_kind: 'budget' })
  expect(end.error_message).toContain('By its own word the agent has used $0.11')
  expect(await calls()).toMatchObject([{ cost_usd: 0.11, is_estimate: true }])
})

it('one that tells of each of its calls is ended after that which used up the limit', async () => {
  let told = 0
  work = async (host) => {
    while (!host.signal.aborted) {
      const call = { model: 'm', usage: USED, costUsd: 0.03, isEstimate: true, status: null, durationMs: 1 }
      await host.afterCall?.(call)
      told += 1
    }
    return { status: 'cancelled', costUsd: 0.12 }
  }
  const { end } = await run()
  expect(told).toBe(4)
  expect(end).toMatchObject({ status: 'blocked', failure_kind: 'budget' })
  expect(await calls()).toHaveLength(4)
})

it('what it said is known to the budget after the app was killed: Resume has only what is left', async () => {
  const dead = new AbortController()
  work = async (host) => {
    host.emit({ type: 'usage', usage: USED, costUsd: 0.09, model: 'm' })
    await aborted(dead.signal)
    return { status: 'cancelled', usage: NOTHING, costUsd: 0 }
  }
  const sum = { app, model, repo }
  const { board, task, project } = await openCard(sum)
  await app.api.projects.update({ id: project.id, check_command: null })
  await app.api.boards.update({ id: board.id, settings: { ...board.settings, clarity: false } })
  await app.api.budgets.set({ board_id: board.id, period: 'execution', limit_usd: 0.1 })
  const { id } = await app.api.executions.start({
    task_id: task.id,
    workflow_type: 'quick_development',
    provider: HTTP_AGENT,
  })
  const said = async (what: (body: ExecutionEventBody) => boolean) => {
    for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(25_000)))
      if (what(body)) return
  }
  await said(({ type }) => type === 'usage')
  // As if its app had been another one, which is gone.
  await app.ctx.db.execute(
    sql`update executions set owner_id = gen_random_uuid(), lease_expires_at = now() - interval '1 minute' where id = ${id}`,
  )
  app.ctx.wakeups.wake('cancel')
  await said((body) => body.type === 'status' && body.status === 'interrupted')
  const interrupted = await app.api.executions.get({ id })
  dead.abort()
  await app.ctx.orchestrator.settled(id)
  expect(interrupted).toMatchObject({ status: 'interrupted', cost_usd: 0.09 })
  expect(interrupted.steps).toMatchObject([
    { status: 'interrupted', usage: USED, cost_usd: 0.09, model: 'm' },
  ])
  expect(await calls()).toEqual([{ cost_usd: 0.09, is_estimate: true, input_tokens: 1000 }])

  work = async (host) => {
    host.emit({ type: 'usage', usage: USED, costUsd: 0.02, model: 'm' })
    await aborted(host.signal)
    return { status: 'cancelled', costUsd: 0.02 }
  }
  await app.api.executions.resume({ id })
  const { end } = await toTheEnd(app, id, interrupted.last_sequence)
  expect(end).toMatchObject({ status: 'blocked', failure_kind: 'budget' })
  expect(end.error_message).toContain('of $0.01 that were left')
  expect(end.cost_usd).toBeCloseTo(0.11, 9)
})

it('a call that is on its way when the app is killed is counted, by what of its answer has come', async () => {
  const hung = new AbortController()
  onTestFinished(() => hung.abort())
  work = async (host) => {
    const gateway = await host.gateway?.()
    const body = {
      model: 'claude-sonnet-5-5',
      max_tokens: 1000,
      stream: true,
      messages: [{ role: 'user', content: 'Hi' }],
    }
    await fetch(`${gateway?.baseUrl}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': gateway?.token ?? '', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: hung.signal,
    })
      .then((answer) => answer.text())
      .catch(() => null)
    await aborted(hung.signal)
    return { status: 'cancelled', usage: NOTHING, costUsd: 0 }
  }
  const { board, task, project } = await openCard({ app, repo })
  await app.api.projects.update({ id: project.id, check_command: null })
  await app.api.boards.update({ id: board.id, settings: { ...board.settings, clarity: false } })
  const usage = { input_tokens: 7000, output_tokens: 1 }
  model.play({ default: { text: 'Hm', usage, stall: { afterEvents: 4 } } })
  const { id } = await app.api.executions.start({
    task_id: task.id,
    workflow_type: 'quick_development',
    provider: HTTP_AGENT,
  })
  await expect.poll(calls, { timeout: 20_000 }).toMatchObject([{ is_estimate: true, input_tokens: 7000 }])
  await app.ctx.db.execute(
    sql`update executions set owner_id = gen_random_uuid(), lease_expires_at = now() - interval '1 minute' where id = ${id}`,
  )
  app.ctx.wakeups.wake('cancel')
  for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(25_000)))
    if (body.type === 'status' && body.status === 'interrupted') break
  const interrupted = await app.api.executions.get({ id })
  hung.abort()
  await app.ctx.orchestrator.settled(id)
  expect(interrupted).toMatchObject({
    cost_is_estimate: true,
    steps: [{ status: 'interrupted', usage: { input: 7000 } }],
  })
  expect(interrupted.cost_usd).toBeGreaterThan(0)
  // Its end, where somebody lives to see it, is written in the same place.
  expect(await calls()).toHaveLength(1)
})

it('an agent that says it has used more than there is does not keep its step from ending', async () => {
  work = async () => ({ usage: { input: 1e15, output: -5, cache_read: Number.NaN, cache_write: 3e9 } })
  const { end } = await run()
  expect(end.status).toBe('completed')
  expect(end.steps[0]?.usage).toEqual({
    input: 2_147_483_647,
    output: 0,
    cache_read: 0,
    cache_write: 2_147_483_647,
  })
  const summary = await app.api.usage.ofTask({ task_id: end.task_id })
  expect(summary.parts).not.toEqual([])
})

it('a step does not begin once the budget is used up', async () => {
  let steps = 0
  work = async () => {
    steps += 1
    return { costUsd: 0.2 }
  }
  const { end } = await run()
  expect(steps).toBe(1)
  expect(end).toMatchObject({ status: 'blocked', failure_kind: 'budget' })
  expect(end.error_message).toContain('$0.20 of $0.10')
})

it('what asks no model has no port and no calls', async () => {
  work = async () => ({ usage: NOTHING, costUsd: 0 })
  const { end } = await run()
  expect(end.status).toBe('completed')
  expect(await calls()).toEqual([])
})
