import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { followExecution } from '#electron/services/follow-execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { refusalOf } from '../helpers/factories.ts'
import { openCard, openSumApp, promptsTo, type SumApp, toTheEnd, untilStatus } from '../helpers/sum-app.ts'
import { openTestApp } from '../helpers/test-app.ts'
import { CHANGES, TWO_ROUNDS } from '../helpers/two-rounds.ts'

let sum: SumApp

beforeEach(async () => {
  sum = await openSumApp()
})
afterEach(() => sum[Symbol.asyncDispose]())

const RULES = TWO_ROUNDS.rules ?? []
/** Never approves. */
const STRICT = {
  rules: RULES.filter(({ name }) => name !== 'approve').map(({ times: _, ...rule }) => rule),
}
/** Approves at once. */
const MILD = { rules: RULES.filter(({ name }) => name !== 'ask for changes') }
const hangingAt = (system: string) => ({
  rules: [{ match: { system }, times: 1, reply: { hang: true } }, ...RULES],
})

async function start() {
  const card = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: card.task.id })
  return { ...card, id }
}

async function reached(id: ExecutionId, is: (body: ExecutionEventBody) => boolean): Promise<void> {
  for await (const { body } of followExecution(sum.app.ctx, id, 0, AbortSignal.timeout(20_000)))
    if (is(body)) return
}

describe('a person’s review', () => {
  it('of an approved result is mended in a further round', async () => {
    const { app, model } = sum
    model.play(MILD)
    const { id, board, progress } = await start()
    const { end } = await toTheEnd(app, id)
    expect(end).toMatchObject({ status: 'completed', iteration: 1 })
    const comments = [{ file: 'sum.js', line: 1, text: 'Name the parameters left and right.' }]
    await app.api.executions.requestChanges({ execution_id: id, comments })
    expect((await app.api.boards.get({ id: board.id })).tasks[0]).toMatchObject({ column_id: progress.id })
    const { end: again } = await toTheEnd(app, id, end.last_sequence)
    expect(again).toMatchObject({ status: 'completed', iteration: 2 })
    expect(again.steps.map(({ phase, iteration, provider }) => [phase, iteration, provider])).toEqual([
      ['clarity', 1, 'anthropic'],
      ['architecture', 1, 'anthropic'],
      ['development', 1, 'anthropic'],
      ['review', 1, 'anthropic'],
      ['review', 1, null],
      ['fix', 2, 'anthropic'],
      ['review', 2, 'anthropic'],
    ])
    expect(promptsTo(sum, /has looked/)[0]).toContain('Name the parameters left and right.')
  })

  it('without a word is refused', async () => {
    sum.model.play(MILD)
    const { id } = await start()
    await toTheEnd(sum.app, id)
    expect(
      await refusalOf(sum.app.api.executions.requestChanges({ execution_id: id, comments: [] })),
    ).toMatchObject({
      detail: { error: 'NOTHING_REQUESTED' },
    })
  })

  it('approves what the reviewer did not, so that it waits to be merged', async () => {
    const { app, model } = sum
    model.play(STRICT)
    const { board, task, review } = await openCard(sum)
    await app.api.boards.update({ id: board.id, settings: { max_iterations: 1 } })
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(app, id)
    expect(end).toMatchObject({ status: 'blocked', failure_kind: null })
    expect(end.error_message).toMatch(/after 1 round\. .*(resume|Resume)/)
    expect(await app.api.executions.approve({ id })).toMatchObject({
      status: 'completed',
      error_message: null,
      result_summary: `Approved by ${app.ctx.actor().name}.`,
    })
    expect((await app.api.boards.get({ id: board.id })).tasks[0]).toMatchObject({
      column_id: review.id,
      status: 'in_review',
    })
    expect((await refusalOf(app.api.executions.approve({ id }))).detail).toMatchObject({
      error: 'ALREADY_APPROVED',
    })
    expect(await app.api.executions.merge({ id })).toMatchObject({ base_branch: 'main' })
  })
})

describe('a message', () => {
  it('to agents at work reaches the next of them who changes something, and the reviewer knows it', async () => {
    const { app, model } = sum
    const [plan] = RULES.filter(({ name }) => name === 'plan')
    model.play({ rules: [{ ...plan, reply: { text: 'A plan.', delayMs: 1000 } }, ...MILD.rules] })
    const { id } = await start()
    await reached(id, (body) => body.type === 'step_started' && body.phase === 'architecture')
    await model.received(2)
    const sent = await app.api.executions.sendMessage({ execution_id: id, body: 'Use tabs.' })
    const { end } = await toTheEnd(app, id)
    expect(end.status).toBe('completed')
    const told = await app.api.executions.messages({ id })
    expect(told).toMatchObject([{ id: sent.id, body: 'Use tabs.', status: 'delivered' }])
    expect(end.steps.find(({ id }) => id === told[0]?.step_id)?.phase).toMatch(/architecture|development/)
    expect(promptsTo(sum, /You are the reviewer/).at(-1)).toContain('Use tabs.')
  })

  it('that is taken back in time reaches nobody', async () => {
    const { app, model } = sum
    model.play(hangingAt('architect'))
    const { id } = await start()
    await model.received(2)
    const { id: message } = await app.api.executions.sendMessage({ execution_id: id, body: 'Never mind.' })
    await app.api.executions.withdrawMessage({ id: message })
    await app.api.executions.cancel({ id })
    expect(await app.api.executions.messages({ id })).toMatchObject([{ status: 'withdrawn' }])
    const refusal = await refusalOf(app.api.executions.withdrawMessage({ id: message }))
    expect(refusal.detail).toMatchObject({ error: 'MESSAGE_TAKEN' })
  })

  it('to a finished execution starts a further round with it', async () => {
    const { app, model } = sum
    model.play(MILD)
    const { id } = await start()
    const { end } = await toTheEnd(app, id)
    await app.api.executions.sendMessage({ execution_id: id, body: 'Refuse what is no number.' })
    const { end: again } = await toTheEnd(app, id, end.last_sequence)
    expect(again).toMatchObject({ status: 'completed', iteration: 2 })
    expect(promptsTo(sum, /has looked/)[0]).toContain('Refuse what is no number.')
    expect(await app.api.executions.messages({ id })).toMatchObject([{ status: 'delivered' }])
  })

  it('that comes while the last review is at work is heard before the end', async () => {
    const { app, model } = sum
    const [approve] = RULES.filter(({ name }) => name === 'approve')
    model.play({
      rules: [{ ...approve, times: 1, reply: { ...approve?.reply, delayMs: 3000 } }, ...MILD.rules],
    })
    const { id } = await start()
    await reached(id, (body) => body.type === 'step_started' && body.phase === 'review')
    await app.api.executions.sendMessage({ execution_id: id, body: 'One more thing.' })
    const { end } = await toTheEnd(app, id)
    expect(end).toMatchObject({ status: 'completed', iteration: 2 })
    expect(promptsTo(sum, /has looked/)[0]).toContain('One more thing.')
  })
})

describe('pause', () => {
  it('ends what runs, keeps its files, and resumes after the last finished step', async () => {
    const { app, model } = sum
    model.play(hangingAt('Carry'))
    const { id } = await start()
    await model.received(3)
    expect(await app.api.executions.pause({ id })).toMatchObject({ status: 'paused' })
    const { last_sequence, steps } = await app.api.executions.get({ id })
    expect(steps.map(({ phase, status }) => [phase, status])).toEqual([
      ['clarity', 'completed'],
      ['architecture', 'completed'],
      ['development', 'interrupted'],
    ])
    expect((await refusalOf(app.api.executions.pause({ id }))).detail).toMatchObject({
      message: expect.stringContaining('paused already'),
    })
    await app.api.executions.resume({ id })
    const { end } = await toTheEnd(app, id, last_sequence)
    expect(end.status).toBe('completed')
    expect(end.steps.filter(({ phase }) => phase === 'architecture')).toHaveLength(1)
  })

  it('of everything, and everything again', async () => {
    const { app, model } = sum
    model.play(hangingAt('architect'))
    const { id } = await start()
    await model.received(2)
    expect(await app.api.executions.pauseAll()).toEqual({ count: 1 })
    const { status, last_sequence } = await app.api.executions.get({ id })
    expect(status).toBe('paused')
    expect(await app.api.executions.resumeAll()).toEqual({ count: 1 })
    expect((await toTheEnd(app, id, last_sequence)).end.status).toBe('completed')
  })

  it('from another app reaches the one that runs it, and outlives both', async () => {
    const { app, model } = sum
    model.play(hangingAt('architect'))
    const { id } = await start()
    await model.received(2)
    await using beside = await openTestApp({ beside: app })
    await beside.api.executions.pause({ id })
    expect((await untilStatus(app, id, 'paused')).status).toBe('paused')
    await app.ctx.orchestrator.stop()
    expect((await beside.api.executions.get({ id })).status).toBe('paused')
  })
})

describe('a plan that a person has to agree to', () => {
  async function planned() {
    const { app, model } = sum
    model.play(MILD)
    const card = await openCard(sum)
    await app.api.boards.update({ id: card.board.id, settings: { approve_plan: true } })
    const { id } = await app.api.executions.start({ task_id: card.task.id })
    const waiting = await untilStatus(app, id, 'awaiting_approval')
    const [approval] = await app.api.approvals.list({})
    if (!approval) throw new Error('nothing is asked')
    return { ...card, id, waiting, approval }
  }

  it('is carried out once they have', async () => {
    const { app } = sum
    const { id, waiting, approval } = await planned()
    expect(waiting.steps.map(({ phase }) => phase)).toEqual(['clarity', 'architecture'])
    expect(approval).toMatchObject({ kind: 'plan', execution_id: id, status: 'pending' })
    expect(approval).toMatchObject({
      detail: '## Plan\n\nMend `sum.js`.',
      reason: 'Shall the agents carry out this plan?',
    })
    expect(waiting.activity_line).toBe(approval.reason)
    await app.api.approvals.answer({ id: approval.id, approve: true })
    const { end } = await toTheEnd(app, id)
    expect(end.status).toBe('completed')
    expect(end.steps.map(({ phase }) => phase)).toEqual([
      'clarity',
      'architecture',
      'gate',
      'development',
      'review',
    ])
  })

  it('is written anew by what they say, and asked about again', async () => {
    const { app } = sum
    const { id, approval } = await planned()
    const again = { id: approval.id, approve: false, again: true }
    expect((await refusalOf(app.api.approvals.answer(again))).detail).toMatchObject({
      error: 'NOTHING_REQUESTED',
    })
    await app.api.approvals.answer({ ...again, message: 'Keep the old signature.' })
    await expect.poll(() => app.api.approvals.list({}), { timeout: 20_000 }).toHaveLength(1)
    expect(promptsTo(sum, /You are the architect/).at(-1)).toContain('Keep the old signature.')
    const [second] = await app.api.approvals.list({})
    if (!second) throw new Error('nothing is asked')
    await app.api.approvals.answer({ id: second.id, approve: true })
    const { end } = await toTheEnd(app, id)
    expect(end.status).toBe('completed')
    expect(end.steps.map(({ phase, iteration }) => [phase, iteration])).toEqual([
      ['clarity', 1],
      ['architecture', 1],
      ['gate', 1],
      ['architecture', 1],
      ['gate', 1],
      ['development', 1],
      ['review', 1],
    ])
  })

  it('is not carried out when they refuse, and Resume asks again', async () => {
    const { app } = sum
    const { id, approval } = await planned()
    await app.api.approvals.answer({ id: approval.id, approve: false, message: 'Too much.' })
    const end = await app.api.executions.get({ id })
    expect(end).toMatchObject({ status: 'cancelled', error_message: expect.stringContaining('Too much.') })
    await app.api.executions.resume({ id })
    expect((await untilStatus(app, id, 'awaiting_approval', end.last_sequence)).status).toBe(
      'awaiting_approval',
    )
    expect(await app.api.approvals.list({})).toHaveLength(1)
  })

  it('leaves the inbox with its execution', async () => {
    const { app } = sum
    const { id } = await planned()
    await app.api.executions.cancel({ id })
    expect(await app.api.approvals.list({})).toEqual([])
  })
})

it('the reviewer’s findings are those of the round before, in the prompt that mends them', async () => {
  const { id } = await start()
  await toTheEnd(sum.app, id)
  expect(promptsTo(sum, /has looked/)[0]).toContain(CHANGES.findings[0]?.suggestion)
})
