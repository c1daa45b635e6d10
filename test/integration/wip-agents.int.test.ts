import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExecutionId } from '#shared/ids.ts'
import { openCard, openSumApp, type SumApp, toTheEnd, untilStatus } from '../helpers/sum-app.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'

const RULES = TWO_ROUNDS.rules ?? []
/** Approves at once. */
const MILD = { rules: RULES.filter(({ name }) => name !== 'ask for changes') }
const NOBODY = crypto.randomUUID() as ExecutionId

let sum: SumApp
beforeAll(async () => {
  sum = await openSumApp()
})
afterAll(() => sum[Symbol.asyncDispose]())

/** What waits, once it has been decided who runs next. */
async function queue() {
  await sum.app.ctx.orchestrator.settled(NOBODY)
  return sum.app.api.executions.queue()
}

describe('limits', () => {
  it('a run waits for a place in the column of agents, and its card for one in review', async () => {
    const { app, model } = sum
    const { api } = app
    model.play(MILD)
    const { board, task, progress, review, done } = await openCard(sum)
    const add = (column_id: typeof progress.id) =>
      api.tasks.create({ board_id: board.id, column_id, title: 'In the way' })
    const inTheWay = await add(progress.id)
    await add(review.id)
    await api.columns.update({ id: progress.id, wip_limit: 1 })
    await api.columns.update({ id: review.id, wip_limit: 1 })

    const { id } = await api.executions.start({ task_id: task.id })
    const reason = `“${progress.name}” is at its limit of 1.`
    expect(await queue()).toEqual([{ execution_id: id, place: 1, reason }])
    expect(await api.executions.get({ id })).toMatchObject({ status: 'pending' })
    // As soon as there is room.
    const { version } = await api.tasks.get({ id: inTheWay.id })
    await api.tasks.move({ id: inTheWay.id, column_id: done.id, order: 9, version })
    expect(await queue()).toEqual([])

    const { end, events } = await toTheEnd(app, id)
    expect(end.status).toBe('completed')
    expect(await api.tasks.get({ id: task.id })).toMatchObject({
      column_id: progress.id,
      status: 'in_review',
    })
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'notice',
        text: expect.stringContaining(`“${review.name}” is at its limit of 1.`),
      }),
    )
    await api.columns.update({ id: review.id, wip_limit: 2 })
    await expect
      .poll(async () => (await api.tasks.get({ id: task.id })).column_id, { timeout: 20_000 })
      .toBe(review.id)

    // A person merges, whatever the limit; the trail says so.
    await add(done.id)
    await api.columns.update({ id: done.id, wip_limit: 1 })
    await api.executions.merge({ id })
    expect(await api.tasks.get({ id: task.id })).toMatchObject({ column_id: done.id, status: 'done' })
    const trail = await api.audit.list({ entity_id: task.id })
    expect(trail.filter(({ action }) => action === 'force')).toHaveLength(1)
  })

  it('that are changed in the settings or of the board act at once', async () => {
    const { app, model } = sum
    const { api } = app
    model.play({ default: { hang: true } })
    const { board, task, progress } = await openCard(sum, 'First')
    await api.columns.update({ id: progress.id, wip_limit: null })
    const second = await api.tasks.create({ board_id: board.id, column_id: progress.id, title: 'Second' })
    const third = await api.tasks.create({ board_id: board.id, column_id: progress.id, title: 'Third' })
    await api.settings.updatePreferences({ most_executions: 1 })
    await api.boards.update({ id: board.id, settings: { most_executions: 2 } })
    const ids: ExecutionId[] = []
    for (const { id } of [task, second, third]) {
      ids.push((await api.executions.start({ task_id: id })).id)
    }
    expect((await queue()).map(({ execution_id }) => execution_id)).toEqual(ids.slice(1))
    await api.settings.updatePreferences({ most_executions: 4 })
    expect(await queue()).toEqual([
      { execution_id: ids[2], place: 1, reason: `The board ${board.name} has at most 2 at work at once.` },
    ])
    await api.boards.update({ id: board.id, settings: { most_executions: 3 } })
    expect(await queue()).toEqual([])
    for (const id of ids) await untilStatus(app, id, 'running')
    for (const id of ids) await api.executions.cancel({ id })
  })
})
