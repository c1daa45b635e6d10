import { describe, expect, it } from 'vitest'
import { followExecution } from '#electron/services/follow-execution.ts'
import { isActive } from '#shared/execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'

let sum: SumApp
let app: TestApp
eachOnSumApp((made) => {
  sum = made
  app = made.app
})

/** Resolves when an event of this kind has been stored. */
async function reached(id: ExecutionId, type: ExecutionEventBody['type']): Promise<void> {
  for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(20_000)))
    if (body.type === type) return
}

describe('cancel', () => {
  it.each([
    ['architecture', 'architect'],
    ['development', 'Carry'],
    ['review', 'reviewer'],
    ['fix', 'has looked'],
  ])('in the phase %s ends within five seconds and keeps the work on its branch', async (phase, system) => {
    const hanging = { match: { system }, reply: { text: 'Thinking about it', stall: { afterEvents: 4 } } }
    sum.model.play({ rules: [hanging, ...(TWO_ROUNDS.rules ?? [])] })
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(20_000))) {
      if (body.type === 'step_started' && body.phase === phase) break
    }
    await reached(id, 'text')
    const started = performance.now()
    const cancelled = await app.api.executions.cancel({ id })
    expect(performance.now() - started).toBeLessThan(5000)
    expect(cancelled.status).toBe('cancelled')
    const { steps, branch } = await app.api.executions.get({ id })
    expect(steps.at(-1)).toMatchObject({ phase, status: 'cancelled' })
    const file = await gitIn(sum.repo, 'show', `${branch}:sum.js`)
    expect(file).toContain(
      { architecture: 'a - b', development: 'a - b', review: 'a + b', fix: 'a + b' }[phase],
    )
  })

  it('commits what the step had written so far', async () => {
    const [first] = TWO_ROUNDS.rules?.find((rule) => rule.name === 'develop')?.turns ?? []
    if (!first) throw new Error('no turn')
    const stalled = { match: { system: 'Carry' }, turns: [first, { text: 'Now', stall: { afterEvents: 3 } }] }
    sum.model.play({ rules: [stalled, ...(TWO_ROUNDS.rules ?? [])] })
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    await sum.model.received(4)
    await app.api.executions.cancel({ id })
    const { branch } = await app.api.executions.get({ id })
    expect(await gitIn(sum.repo, 'show', `${branch}:sum.js`)).toContain('a + b')
    expect(await gitIn(sum.repo, 'log', '-1', '--format=%s', branch ?? '')).toContain('(unfinished)')
  })

  it('from another app on the same database reaches the one that runs it', async () => {
    sum.model.play({ default: { hang: true } })
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    await sum.model.received(1)
    await using beside = await openTestApp({ beside: app })
    await beside.api.executions.cancel({ id })
    expect((await toTheEnd(app, id)).end.status).toBe('cancelled')
  })
})

it('an app that quits interrupts its executions, and another one resumes them', async () => {
  sum.model.play({
    rules: [{ match: { system: 'Carry' }, times: 1, reply: { hang: true } }, ...(TWO_ROUNDS.rules ?? [])],
  })
  const { task } = await openCard(sum)
  const { id } = await app.api.executions.start({ task_id: task.id })
  await sum.model.received(3)
  await app.ctx.orchestrator.stop()
  expect(await app.api.executions.get({ id })).toMatchObject({
    status: 'interrupted',
    error_message: expect.stringMatching(/Resume/),
  })
  await using next = await openTestApp({
    beside: app,
    providers: app.ctx.providers,
    env: { WORKSPACE_ROOT: app.ctx.config.workspaceRoot },
  })
  await next.api.executions.resume({ id })
  const { last_sequence } = await next.api.executions.get({ id })
  const statuses: string[] = []
  for await (const { body } of followExecution(next.ctx, id, last_sequence, AbortSignal.timeout(20_000))) {
    if (body.type === 'status') statuses.push(body.status)
    if (body.type === 'status' && !isActive(body.status)) break
  }
  const { steps } = await next.api.executions.get({ id })
  expect(statuses.at(-1)).toBe('completed')
  expect(steps.map((step) => `${step.phase} ${step.status}`)).toEqual([
    'clarity completed',
    'architecture completed',
    'development interrupted',
    'development completed',
    'review completed',
    'fix completed',
    'review completed',
  ])
})
