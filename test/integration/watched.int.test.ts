import path from 'node:path'
import { expect, it } from 'vitest'
import { limitsOf } from '#electron/orchestrator/schedule.ts'
import { startOrchestrator } from '#electron/orchestrator/start-orchestrator.ts'
import { startExecution } from '#electron/services/executions.ts'
import { InstanceId } from '#shared/ids.ts'
import { makeRepository } from '../helpers/git-fixture.ts'
import { openCard, openSumApp, toTheEnd } from '../helpers/sum-app.ts'
import { SUM_REPOSITORY } from '../helpers/two-rounds.ts'

it('nothing of a run begins before somebody watches over what it starts', async () => {
  await using sum = await openSumApp()
  const { app } = sum
  const base = { ...app.ctx, instanceId: InstanceId.parse(app.ctx.newId()) }
  let watch = () => {}
  const isWatched = new Promise<void>((resolve) => {
    watch = resolve
  })
  const orchestrator = startOrchestrator(base, {
    limits: () => limitsOf(base.preferences.get()),
    watched: () => isWatched,
  })
  const { task } = await openCard(sum)
  const { id } = await startExecution(
    { ...base, orchestrator },
    { task_id: task.id, workflow_type: 'development' },
  )

  // Another app, whose watchdog is there, comes to its end meanwhile.
  const repo = await makeRepository(path.join(sum.folder, 'other'), SUM_REPOSITORY)
  const other = await openCard({ app, repo })
  const { id: otherId } = await app.api.executions.start({ task_id: other.task.id })
  expect((await toTheEnd(app, otherId)).end.status).toBe('completed')
  expect(await app.api.executions.get({ id })).toMatchObject({ status: 'pending', steps: [] })

  watch()
  await expect
    .poll(async () => (await app.api.executions.get({ id })).status, { timeout: 20_000 })
    .toBe('running')
  await orchestrator.stop()
  expect((await app.api.executions.get({ id })).status).toBe('interrupted')
})
