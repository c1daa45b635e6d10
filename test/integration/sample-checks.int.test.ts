import { expect, it } from 'vitest'
import { followExecution } from '#electron/services/follow-execution.ts'
import { isActive } from '#shared/execution.ts'
import { openTestApp } from '../helpers/test-app.ts'

// One of its tests fails from the beginning: that is what the first card is about, and none of the others'.
it('every card of the sample is done by the demo agent, though its checks fail before the work', async () => {
  await using app = await openTestApp()
  const { board } = await app.api.projects.openSample()
  const { tasks } = await app.api.boards.get({ id: board.id })
  const ends: [string, string][] = []
  for (const task of tasks) {
    const { id } = await app.api.executions.start({ task_id: task.id })
    for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(40_000)))
      if (body.type === 'status' && !isActive(body.status)) break
    ends.push([task.title, (await app.api.executions.get({ id })).status])
    // Known of the same commit: not run again.
    const before = (await app.api.executions.checks({ id })).filter(({ step_id }) => step_id === null)
    expect(before).toHaveLength(ends.length === 1 ? 1 : 0)
  }
  expect(ends).toEqual(tasks.map((task) => [task.title, 'completed']))
}, 180_000)
