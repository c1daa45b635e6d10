import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCard, openSumApp, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'

/** Where a card is and what it says while people and agents pull at it. */
let sum: SumApp

beforeEach(async () => {
  sum = await openSumApp()
})
afterEach(() => sum[Symbol.asyncDispose]())

const HANG = { default: { hang: true } }

it('a resumed card goes back to the column of the agents, and says so', async () => {
  const { app, model } = sum
  model.play({ ...TWO_ROUNDS, apiKeys: ['another'] })
  const { board, task, progress } = await openCard(sum)
  const { id } = await app.api.executions.start({ task_id: task.id })
  await toTheEnd(app, id)
  expect((await app.api.tasks.get({ id: task.id })).status).toBe('open')
  model.play(HANG)
  await app.api.executions.resume({ id })
  expect(await app.api.tasks.get({ id: task.id })).toMatchObject({
    column_id: progress.id,
    status: 'in_progress',
  })
  expect((await app.api.boards.get({ id: board.id })).executions[0]?.status).toBe('running')
})

it('a card dragged into a second column that starts agents stays there', async () => {
  const { app, model } = sum
  model.play(HANG)
  const { board, task } = await openCard(sum)
  const column = await app.api.columns.create({ board_id: board.id, name: 'Quick' })
  await app.api.columns.update({
    id: column.id,
    triggers_agents: true,
    agent_workflow_type: 'quick_development',
  })
  await app.api.tasks.move({ id: task.id, column_id: column.id, order: 1, version: task.version })
  await model.received(1)
  expect((await app.api.tasks.get({ id: task.id })).column_id).toBe(column.id)
})

describe('a card that was started again while an older result waits', () => {
  it.each(['discard', 'merge'] as const)('stays with its agents when that is put away by %s', async (how) => {
    const { app, model } = sum
    const { task, progress } = await openCard(sum)
    const first = await app.api.executions.start({ task_id: task.id })
    await toTheEnd(app, first.id)
    model.play(HANG)
    const { received } = model
    await app.api.executions.start({ task_id: task.id })
    await received(1)
    await app.api.executions[how]({ id: first.id })
    expect(await app.api.tasks.get({ id: task.id })).toMatchObject({
      column_id: progress.id,
      status: 'in_progress',
    })
  })

  it('shows the older one again when that is resumed', async () => {
    const { app, model } = sum
    model.play({ ...TWO_ROUNDS, apiKeys: ['another'] })
    const { task } = await openCard(sum)
    const first = await app.api.executions.start({ task_id: task.id })
    await toTheEnd(app, first.id)
    const second = await app.api.executions.start({ task_id: task.id })
    await toTheEnd(app, second.id)
    model.play(HANG)
    await app.api.executions.resume({ id: first.id })
    expect((await app.api.tasks.get({ id: task.id })).current_execution_id).toBe(first.id)
  })
})

describe('agents of what is deleted are ended', () => {
  it.each(['task', 'column', 'board'] as const)('a %s', async (what) => {
    const { app, model } = sum
    model.play(HANG)
    const { board, task, progress } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    await model.received(1)
    if (what === 'task') await app.api.tasks.delete({ id: task.id })
    else if (what === 'column') await app.api.columns.delete({ id: progress.id })
    else await app.api.boards.delete({ id: board.id })
    const { end } = await toTheEnd(app, id)
    expect(end.status).toBe('cancelled')
    expect(end.steps.map((step) => step.status)).toEqual(['cancelled'])
    if (what === 'board') await app.api.boards.restore({ id: board.id })
    if (what === 'column') await app.api.columns.restore({ id: progress.id })
    if (what === 'task') await app.api.tasks.restore({ id: task.id })
    model.play(TWO_ROUNDS)
    await app.api.executions.resume({ id })
    expect((await toTheEnd(app, id, end.last_sequence)).end.status).toBe('completed')
  })
})

it('the cost is known after a first step that was cancelled before it cost anything', async () => {
  const { app, model } = sum
  model.play(HANG)
  const { task } = await openCard(sum)
  const { id } = await app.api.executions.start({ task_id: task.id })
  await model.received(1)
  await app.api.executions.cancel({ id })
  const end = await app.api.executions.get({ id })
  model.play(TWO_ROUNDS)
  await app.api.executions.resume({ id })
  expect((await toTheEnd(app, id, end.last_sequence)).end.cost_usd).toBeGreaterThan(0)
})
