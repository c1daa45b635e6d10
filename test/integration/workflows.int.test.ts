import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WorkflowDefinition } from '#shared/workflow.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, openSumApp, promptsTo, type SumApp, toTheEnd, untilStatus } from '../helpers/sum-app.ts'
import { CHANGES, TWO_ROUNDS } from '../helpers/two-rounds.ts'

let sum: SumApp

beforeEach(async () => {
  sum = await openSumApp()
})
afterEach(() => sum[Symbol.asyncDispose]())

const RULES = TWO_ROUNDS.rules ?? []
const MILD = { rules: RULES.filter(({ name }) => name !== 'ask for changes') }

/** Work, two reviewers at once, and a person before the end. */
const CAREFUL: WorkflowDefinition = {
  clarity: false,
  nodes: [
    { kind: 'agent', id: 'work', name: 'Work', role: 'development', instructions: 'Write no comments.' },
    {
      kind: 'parallel',
      id: 'judges',
      name: 'Judges',
      branches: [
        { kind: 'agent', id: 'security', name: 'Security', role: 'review', instructions: 'Look for holes.' },
        { kind: 'agent', id: 'style', name: 'Style', role: 'review', model: 'claude-haiku-5-5' },
      ],
    },
    {
      kind: 'condition',
      id: 'if',
      name: 'If',
      when: 'approved',
      yes: [{ kind: 'gate', id: 'sure', name: 'Sure', question: 'Is it good?' }],
      no: [],
    },
  ],
}

describe('a workflow of people', () => {
  it('is kept in versions; who edits an old one is told', async () => {
    const { api } = sum.app
    const made = await api.workflows.create({ name: 'Careful', definition: CAREFUL })
    expect(made).toMatchObject({ name: 'Careful', version: 1, archived_at: null, definition: CAREFUL })
    const quick = { ...CAREFUL, nodes: CAREFUL.nodes.slice(0, 1) }
    expect(await api.workflows.update({ id: made.id, version: 1, definition: quick })).toMatchObject({
      version: 2,
    })
    expect(await refusalOf(api.workflows.update({ id: made.id, version: 1, name: 'Mine' }))).toMatchObject({
      code: 'CONFLICT',
      detail: { error: 'VERSION_CONFLICT', server_version: 2 },
    })
    expect(
      (await api.workflows.versions({ id: made.id })).map(({ version, definition }) => [version, definition]),
    ).toEqual([
      [2, quick],
      [1, CAREFUL],
    ])
  })

  it('has a name of its own, until it is archived', async () => {
    const { api } = sum.app
    const { id } = await api.workflows.create({ name: 'Careful', definition: CAREFUL })
    const again = { name: 'careful', definition: CAREFUL }
    expect((await refusalOf(api.workflows.create(again))).detail).toMatchObject({ error: 'NAME_TAKEN' })
    await api.workflows.archive({ id, archived: true })
    await api.workflows.create(again)
    expect((await refusalOf(api.workflows.archive({ id, archived: false }))).detail).toMatchObject({
      error: 'NAME_TAKEN',
    })
  })

  it('that cannot be run is refused, with the place', async () => {
    const [work] = CAREFUL.nodes
    if (!work) throw new Error('no step')
    const refusal = await refusalOf(
      sum.app.api.workflows.create({ name: 'Twice', definition: { clarity: false, nodes: [work, work] } }),
    )
    expect(refusal).toMatchObject({
      code: 'BAD_REQUEST',
      detail: { error: 'WORKFLOW_INVALID', problems: [{ path: 'work' }] },
    })
  })
})

describe('a column that starts a workflow of people', () => {
  async function inColumn() {
    const { app, model } = sum
    model.play(MILD)
    const card = await openCard(sum)
    const workflow = await app.api.workflows.create({ name: 'Careful', definition: CAREFUL })
    await app.api.columns.update({ id: card.progress.id, agent_workflow_id: workflow.id })
    return { ...card, workflow }
  }

  it('runs it: at once what is parallel, a person at the gate', async () => {
    const { app, model } = sum
    const { task, progress, workflow } = await inColumn()
    const place = { id: task.id, column_id: progress.id, order: 1, version: task.version }
    const { current_execution_id: id } = await app.api.tasks.move(place)
    if (!id) throw new Error('no execution')
    const waiting = await untilStatus(app, id, 'awaiting_approval')
    expect(waiting).toMatchObject({ workflow_type: 'custom', workflow_id: workflow.id, workflow_version: 1 })
    expect(waiting.steps.map(({ node_path, phase }) => [node_path, phase]).sort()).toEqual([
      ['judges/security', 'review'],
      ['judges/style', 'review'],
      ['work', 'development'],
    ])
    expect(promptsTo(sum, /Look for holes\./)).toHaveLength(1)
    const models = model.requests.map(({ body }) => (body as { model?: string }).model)
    expect(models).toContain('claude-haiku-5-5')
    const [approval] = await app.api.approvals.list({})
    expect(approval).toMatchObject({ kind: 'gate', title: 'Sure', detail: 'Is it good?' })
    if (approval) await app.api.approvals.answer({ id: approval.id, approve: true })
    const { end } = await toTheEnd(app, id)
    expect(end).toMatchObject({ status: 'completed', files_changed: 1 })
    expect(end.usage.output).toBe(end.steps.reduce((all, { usage }) => all + usage.output, 0))
  })

  it('lets a run keep what it started with, whatever becomes of the workflow', async () => {
    const { app, model } = sum
    const { task, workflow } = await inColumn()
    model.play({ rules: [{ match: { system: 'Carry' }, times: 1, reply: { hang: true } }, ...MILD.rules] })
    const { id } = await app.api.executions.start({
      task_id: task.id,
      workflow_type: 'custom',
      workflow_id: workflow.id,
    })
    await model.received(1)
    const shorter = { clarity: false, nodes: CAREFUL.nodes.slice(0, 1) }
    await app.api.workflows.update({ id: workflow.id, version: 1, definition: shorter })
    await app.api.executions.pause({ id })
    await app.api.executions.resume({ id })
    const waiting = await untilStatus(app, id, 'awaiting_approval')
    expect(waiting.workflow_version).toBe(1)
    await app.api.executions.cancel({ id })
  })

  it('forgets it when it starts a built-in one again, and needs one that is there', async () => {
    const { app } = sum
    const { progress } = await inColumn()
    const update = (values: object) => app.api.columns.update({ id: progress.id, ...values })
    expect(await update({ agent_workflow_type: 'quick_development' })).toMatchObject({
      agent_workflow_type: 'quick_development',
      agent_workflow_id: null,
    })
    expect((await refusalOf(update({ agent_workflow_type: 'custom' }))).detail).toMatchObject({
      error: 'WORKFLOW_MISSING',
    })
  })
})

describe('a review of what there is', () => {
  it('is refused where agents have made nothing yet', async () => {
    const { task } = await openCard(sum)
    const start = sum.app.api.executions.start({ task_id: task.id, workflow_type: 'review_only' })
    expect((await refusalOf(start)).detail).toMatchObject({ error: 'NOTHING_TO_REVIEW' })
    expect(await sum.app.api.executions.list({ task_id: task.id })).toEqual([])
  })

  it.each(['kept', 'discarded'])(
    'looks at the latest work, also when it is %s; Resume has the findings mended',
    async (how) => {
      const { app, model, repo } = sum
      model.play(MILD)
      const { task } = await openCard(sum)
      const first = await app.api.executions.start({ task_id: task.id })
      const { end: made } = await toTheEnd(app, first.id)
      if (how === 'discarded') await app.api.executions.discard({ id: first.id })
      model.play(TWO_ROUNDS)
      const { id } = await app.api.executions.start({ task_id: task.id, workflow_type: 'review_only' })
      const { end } = await toTheEnd(app, id)
      expect(end).toMatchObject({
        status: 'blocked',
        base_commit: made.base_commit,
        head_commit: made.head_commit,
      })
      expect(end.steps.map(({ phase }) => phase)).toEqual(['review'])
      expect(promptsTo(sum, /You are the reviewer/)[0]).toContain('+export const sum = (a, b) => a + b')
      await app.api.executions.resume({ id })
      const { end: mended } = await toTheEnd(app, id, end.last_sequence)
      expect(mended).toMatchObject({ status: 'completed', iteration: 2 })
      expect(await gitIn(repo, 'show', `${mended.branch}:sum.js`)).toContain('Number(a)')
      expect(promptsTo(sum, /has looked/)[0]).toContain(CHANGES.findings[0]?.suggestion)
    },
  )
})

describe('alternatives', () => {
  it('do the same card beside each other; one is picked, the others stay recoverable', async () => {
    const { app, model, repo } = sum
    model.play(MILD)
    const { task, board, review } = await openCard(sum)
    const started = await app.api.executions.startAlternatives({
      task_id: task.id,
      alternatives: [
        { provider: 'anthropic', model: 'claude-opus-5-5' },
        { provider: 'anthropic', model: 'claude-sonnet-5-5' },
      ],
    })
    const [one, two] = started
    if (!one || !two) throw new Error('not started')
    expect(started.map(({ alternative, model: name, group_id }) => [alternative, name, group_id])).toEqual([
      [1, 'claude-opus-5-5', one.group_id],
      [2, 'claude-sonnet-5-5', one.group_id],
    ])
    expect((await refusalOf(app.api.executions.start({ task_id: task.id }))).detail).toMatchObject({
      error: 'EXECUTION_ACTIVE',
    })
    const ends = [await toTheEnd(app, one.id), await toTheEnd(app, two.id)].map(({ end }) => end)
    expect(ends.map(({ status }) => status)).toEqual(['completed', 'completed'])
    expect(new Set(ends.map(({ branch }) => branch)).size).toBe(2)
    expect((await app.api.boards.get({ id: board.id })).tasks[0]).toMatchObject({ column_id: review.id })
    const picked = await app.api.executions.pick({ id: two.id })
    expect(picked).toMatchObject({ id: two.id, resolution: 'none' })
    expect(await app.api.executions.get({ id: one.id })).toMatchObject({ resolution: 'discarded' })
    expect(await gitIn(repo, 'show', `refs/rangers/discarded/${one.id}:sum.js`)).toContain('a + b')
    expect(await app.api.tasks.get({ id: task.id })).toMatchObject({
      current_execution_id: two.id,
      column_id: review.id,
      status: 'in_review',
    })
    await app.api.executions.merge({ id: two.id })
    expect(await gitIn(repo, 'show', 'HEAD:sum.js')).toContain('a + b')
  })

  it('that still work are ended when another one is merged: that picks it', async () => {
    const { app, model } = sum
    model.play({ rules: [{ match: { model: 'claude-opus-5-5' }, reply: { hang: true } }, ...MILD.rules] })
    const { task } = await openCard(sum)
    const [one, two] = await app.api.executions.startAlternatives({
      task_id: task.id,
      alternatives: [
        { provider: 'anthropic', model: 'claude-opus-5-5' },
        { provider: 'anthropic', model: 'claude-sonnet-5-5' },
      ],
    })
    if (!one || !two) throw new Error('not started')
    await toTheEnd(app, two.id)
    await app.api.executions.merge({ id: two.id })
    expect(await app.api.executions.get({ id: one.id })).toMatchObject({
      status: 'cancelled',
      resolution: 'discarded',
    })
    expect(await app.api.tasks.get({ id: task.id })).toMatchObject({
      current_execution_id: two.id,
      status: 'done',
    })
  })
})
