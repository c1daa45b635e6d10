import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ExecutionId } from '#shared/ids.ts'
import { openCard, openSumApp, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { openTestApp } from '../helpers/test-app.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'

/** Executions whose owner slept, died elsewhere, or was replaced. */
let sum: SumApp

beforeEach(async () => {
  sum = await openSumApp()
})
afterEach(() => sum[Symbol.asyncDispose]())

const STRANGER = '00000000-0000-7000-8000-000000000001'

async function running() {
  const { app, model } = sum
  model.play({ default: { hang: true } })
  const { task } = await openCard(sum)
  const { id } = await app.api.executions.start({ task_id: task.id })
  await model.received(1)
  return id
}

/** The laptop has slept for a minute. */
async function sleep(id: ExecutionId, owner = sum.app.ctx.instanceId as string): Promise<void> {
  await sum.app.ctx.db.execute(
    sql`update executions set owner_id = ${owner}, lease_expires_at = now() - interval '1 minute' where id = ${id}`,
  )
}

it('what a dead app elsewhere left is interrupted while this one is open, not only at its next start', async () => {
  const { app } = sum
  const id = await running()
  await sleep(id, STRANGER)
  app.ctx.wakeups.wake('cancel') // the next heartbeat, at once
  const { end } = await toTheEnd(app, id)
  expect(end.status).toBe('interrupted')
  expect(end.steps.map((step) => step.status)).toEqual(['interrupted'])
})

it('an app that wakes and finds its execution resumed by another lets go of it', async () => {
  const { app } = sum
  const id = await running()
  await sleep(id)
  await using other = await openTestApp({
    beside: app,
    providers: app.ctx.providers,
    env: { WORKSPACE_ROOT: app.ctx.config.workspaceRoot },
  })
  expect((await other.api.executions.get({ id })).status).toBe('interrupted')
  await other.api.executions.resume({ id })
  await sum.model.received(2)
  app.ctx.wakeups.wake('cancel')
  await app.ctx.orchestrator.settled(id)
  const { status, steps } = await other.api.executions.get({ id })
  expect(status).toBe('running')
  expect(steps.map((step) => step.status)).toEqual(['interrupted', 'running'])
  await other.api.executions.cancel({ id })
})

it('an app that finishes a step of an execution that is another’s by now records nothing', async () => {
  const { app, model } = sum
  const [clear, plan, ...rest] = TWO_ROUNDS.rules ?? []
  model.play({ rules: [{ ...clear }, { ...plan, reply: { text: 'A plan.', delayMs: 1500 } }, ...rest] })
  const { task } = await openCard(sum)
  const { id } = await app.api.executions.start({ task_id: task.id })
  await model.received(2)
  await app.ctx.db.execute(
    sql`update executions set owner_id = ${STRANGER}, lease_expires_at = now() + interval '1 hour' where id = ${id}`,
  )
  await app.ctx.orchestrator.settled(id)
  const { status, steps } = await app.api.executions.get({ id })
  expect(status).toBe('running')
  expect(steps.map((step) => step.status)).toEqual(['completed', 'running'])
})

it('an app that lives on the same data folder keeps what it runs, though it slept', async () => {
  const { app } = sum
  const id = await running()
  await sleep(id)
  await using other = await openTestApp({ beside: app, env: { RANGERS_DATA_DIR: app.dataFolder } })
  expect((await other.api.executions.get({ id })).status).toBe('running')
})
