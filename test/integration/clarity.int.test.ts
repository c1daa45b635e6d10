import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusalOf } from '../helpers/factories.ts'
import { openCard, openSumApp, promptsTo, type SumApp, toTheEnd, untilStatus } from '../helpers/sum-app.ts'
import { openTestApp } from '../helpers/test-app.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'

const UNCLEAR = {
  score: 40,
  summary: 'It does not say what a sum of strings is.',
  questions: [
    { kind: 'single_choice', question: 'What about strings?', options: ['Convert', 'Refuse'] },
    { kind: 'free_text', question: 'Which versions of Node?', options: [] },
  ],
}
const [, ...WITHOUT_CLARITY] = TWO_ROUNDS.rules ?? []
const LEAD = { system: 'who hands out the work' }
const asking = (reply: object) => ({ rules: [{ match: LEAD, reply }, ...WITHOUT_CLARITY] })

let sum: SumApp

beforeEach(async () => {
  sum = await openSumApp()
})
afterEach(() => sum[Symbol.asyncDispose]())

async function asked() {
  sum.model.play(asking({ json: UNCLEAR }))
  const card = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: card.task.id })
  const waiting = await untilStatus(sum.app, id, 'awaiting_clarification')
  return { ...card, id, waiting }
}

describe('a card that is not clear enough', () => {
  it('waits for the answers, which all later agents are given', async () => {
    const { app } = sum
    const { id, waiting } = await asked()
    expect(waiting).toMatchObject({ status: 'awaiting_clarification', clarity_score: 40 })
    expect(waiting.steps.map((step) => step.phase)).toEqual(['clarity'])
    const [check] = waiting.steps
    expect(waiting.waits).toEqual([{ from: check?.completed_at, until: null }])
    const [first, second] = await app.api.executions.questions({ id })
    expect([first, second]).toMatchObject([
      { position: 1, question: 'What about strings?', options: ['Convert', 'Refuse'], answer: null },
      { position: 2, kind: 'free_text', answer: null },
    ])
    if (!first || !second) throw new Error('no questions')
    await app.api.executions.answerQuestions({
      execution_id: id,
      answers: [{ id: first.id, answer: 'Convert' }],
    })
    const { end } = await toTheEnd(app, id)
    expect(end.status).toBe('completed')
    expect(end.waits).toEqual([{ from: check?.completed_at, until: end.steps[1]?.started_at }])
    for (const role of [
      /You are the architect/,
      /Carry out the plan/,
      /You are the reviewer/,
      /has looked/,
    ]) {
      const prompts = promptsTo(sum, role)
      expect(prompts.length).toBeGreaterThan(0)
      for (const prompt of prompts) expect(prompt).toMatch(/What about strings\?[\s\S]*Convert/)
    }
    expect(await app.api.executions.questions({ id })).toMatchObject([
      { answer: 'Convert', answered_by: app.ctx.actor().name },
      { answer: null },
    ])
  })

  it('goes on as it is when the questions are skipped', async () => {
    const { app } = sum
    const { id } = await asked()
    await app.api.executions.answerQuestions({ execution_id: id, answers: [] })
    expect((await toTheEnd(app, id)).end.status).toBe('completed')
    expect(
      await refusalOf(app.api.executions.answerQuestions({ execution_id: id, answers: [] })),
    ).toMatchObject({
      code: 'PRECONDITION_FAILED',
      detail: { error: 'INVALID_STATE' },
    })
  })

  it('waits across the end of the app, and is answered in any other one on the server', async () => {
    const { app } = sum
    const { id, waiting } = await asked()
    await app.ctx.orchestrator.stop()
    await using next = await openTestApp({
      beside: app,
      providers: app.ctx.providers,
      env: { WORKSPACE_ROOT: app.ctx.config.workspaceRoot },
    })
    expect(await next.api.executions.get({ id })).toMatchObject({ status: 'awaiting_clarification' })
    const [question] = await next.api.executions.questions({ id })
    if (!question) throw new Error('no question')
    await next.api.executions.answerQuestions({
      execution_id: id,
      answers: [{ id: question.id, answer: 'Refuse' }],
    })
    expect((await toTheEnd(next, id, waiting.last_sequence)).end.status).toBe('completed')
  })

  it('is cancelled although nobody runs it', async () => {
    const { app } = sum
    const { id, task } = await asked()
    expect(await app.api.executions.cancel({ id })).toMatchObject({ status: 'cancelled' })
    expect((await app.api.executions.list({ task_id: task.id })).map(({ status }) => status)).toEqual([
      'cancelled',
    ])
  })

  it('is asked about at Resume, when the first check ended the run before it was made', async () => {
    const { app, model } = sum
    model.play(asking({ error: { type: 'authentication_error', status: 401 } }))
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    expect(await untilStatus(app, id, 'failed')).toMatchObject({ status: 'failed', clarity_score: null })
    model.play(asking({ json: UNCLEAR }))
    await app.api.executions.resume({ id })
    const waiting = await untilStatus(app, id, 'awaiting_clarification')
    expect(waiting.steps.map(({ phase, status }) => [phase, status])).toEqual([
      ['clarity', 'failed'],
      ['clarity', 'completed'],
    ])
  })

  it('tells the person that asked for it, until it is answered', async () => {
    const { app } = sum
    const { id } = await asked()
    const unread = () => app.api.notifications.list({ unread_only: true })
    expect(await unread()).toMatchObject([
      { kind: 'needs_input', title: expect.stringContaining('questions'), execution_id: id },
    ])
    await app.api.executions.answerQuestions({ execution_id: id, answers: [] })
    expect(await unread()).toEqual([])
    await toTheEnd(app, id)
  })
})

describe('nobody is asked', () => {
  it('when the score reaches the threshold of the board', async () => {
    const { app, model } = sum
    model.play(asking({ json: UNCLEAR }))
    const { task, board } = await openCard(sum)
    await app.api.boards.update({ id: board.id, settings: { clarity_threshold: 40 } })
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(app, id)
    expect(end).toMatchObject({ status: 'completed', clarity_score: 40 })
  })

  it('when the board wants no clarity checks: none is made', async () => {
    const { app, model } = sum
    model.play(asking({ json: UNCLEAR }))
    const { task, board } = await openCard(sum)
    await app.api.boards.update({ id: board.id, settings: { clarity: false } })
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(app, id)
    expect(end.steps[0]).toMatchObject({ phase: 'architecture' })
  })

  it.each([
    ['cannot be read', { text: 'Looks fine to me.' }],
    ['fails', { error: { type: 'invalid_request_error', status: 400 } }],
  ])('when the check %s: the log says so, and the work begins', async (_name, reply) => {
    const { app, model } = sum
    model.play(asking(reply))
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end, events } = await toTheEnd(app, id)
    expect(end.status).toBe('completed')
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'notice',
        level: 'warn',
        text: expect.stringContaining('came to no result'),
      }),
    )
  })
})
