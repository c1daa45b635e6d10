import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listOwnPlaces } from '#db/queries/repository-changes.ts'
import { createProviders } from '#electron/providers/registry.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import { type ExecutionDetail, isActive } from '#shared/execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { Scenario } from '../fake-model-server/scenario.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn, makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { APPROVED, CHANGES, CHECK, SUM_REPOSITORY, TWO_ROUNDS } from '../helpers/two-rounds.ts'

const KEY = 'sk-ant-test-0123456789'

let model: FakeModelServer
let app: TestApp
let folder: { path: string; remove: () => Promise<void> }
let repo: string

beforeEach(async () => {
  folder = await temporaryFolder()
  repo = await makeRepository(path.join(folder.path, 'my sum ünïcode'), SUM_REPOSITORY)
  model = await startFakeModelServer({ scenario: TWO_ROUNDS })
  app = await openTestApp({
    env: { ANTHROPIC_API_KEY: KEY },
    providers: createProviders({
      credentials: { key: () => KEY },
      baseUrl: model.url,
      delay: async (_ms, signal) => signal.throwIfAborted(),
    }),
  })
})
afterEach(async () => {
  await app[Symbol.asyncDispose]()
  await model.close()
  await folder.remove()
})

async function openCard(title = 'Mend the sum') {
  const { board, project } = await app.api.projects.open({ path: repo })
  await app.api.projects.update({ id: project.id, check_command: CHECK })
  const { columns } = await app.api.boards.get({ id: board.id })
  const [backlog, progress, review, done] = columns
  if (!backlog || !progress || !review || !done) throw new Error('no columns')
  const task = await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title })
  return { board, project, task, backlog, progress, review, done }
}

/** Follows an execution to its end; gives what happened and what is stored. */
async function toTheEnd(
  id: ExecutionId,
  after = 0,
): Promise<{ events: ExecutionEventBody[]; end: ExecutionDetail }> {
  const events: ExecutionEventBody[] = []
  for await (const { body } of followExecution(app.ctx, id, after, AbortSignal.timeout(25_000))) {
    events.push(body)
    if (body.type === 'status' && !isActive(body.status)) break
  }
  await app.ctx.orchestrator.settled(id)
  return { events, end: await app.api.executions.get({ id }) }
}

/** Resolves when an event of this kind has been stored. */
async function _reached(id: ExecutionId, type: ExecutionEventBody['type']): Promise<void> {
  for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(20_000)))
    if (body.type === type) return
}

const play = (scenario: Scenario) => model.play(scenario)

describe('the main job', () => {
  it('a card dragged to a column that starts agents is planned, written, reviewed, mended and approved', async () => {
    const { task, progress, review, board } = await openCard()
    const moved = await app.api.tasks.move({
      id: task.id,
      column_id: progress.id,
      order: 1,
      version: task.version,
    })
    if (!moved.current_execution_id) throw new Error('no execution')
    const { events, end } = await toTheEnd(moved.current_execution_id)

    expect(end.steps.map((step) => [step.phase, step.iteration, step.status])).toEqual([
      ['clarity', 1, 'completed'],
      ['architecture', 1, 'completed'],
      ['development', 1, 'completed'],
      ['review', 1, 'completed'],
      ['fix', 2, 'completed'],
      ['review', 2, 'completed'],
    ])
    expect(end).toMatchObject({
      status: 'completed',
      resolution: 'none',
      iteration: 2,
      result_summary: APPROVED.summary,
      base_branch: 'main',
      branch: expect.stringMatching(/^rangers\/[A-Z]+-1-mend-the-sum$/),
      files_changed: 1,
    })
    expect(end.steps[3]?.verdict).toEqual(CHANGES)
    expect(end.usage.output).toBeGreaterThan(0)
    expect(end.cost_usd).toBeGreaterThan(0)
    const check = events.find(
      (event) => event.type === 'tool' && event.kind === 'execute' && event.status === 'done',
    )
    expect(check).toMatchObject({ output: expect.stringContaining('# pass 1') })
    // The card waits for the person, with the diff.
    const card = (await app.api.boards.get({ id: board.id })).tasks[0]
    expect(card).toMatchObject({ column_id: review.id, status: 'in_review' })
    const diff = await app.api.executions.diff({ id: end.id })
    expect(diff.files.map((file) => [file.path, file.kind])).toEqual([['sum.js', 'modified']])
    const { patch } = await app.api.executions.patch({ id: end.id, path: 'sum.js' })
    expect(patch).toContain('+export const sum = (a, b) => Number(a) + Number(b)')
    // Its rounds side by side, with what the second one did.
    const compared = await app.api.executions.compareRounds({ id: end.id })
    expect(compared).toMatchObject({
      rounds: [1, 2],
      from: { iteration: 1, verdict: CHANGES, changes: { files: 1, additions: 1, deletions: 1 } },
      to: { iteration: 2, verdict: APPROVED, commit: end.head_commit },
      closed: CHANGES.findings,
      remaining: [],
      opened: [],
      diff: { files: [{ path: 'sum.js', additions: 1, deletions: 1 }] },
      no_diff: null,
    })
    expect(compared.from.cost_usd).toBeGreaterThan(0)
    const between = await app.api.executions.roundPatch({ id: end.id, from: 1, to: 2, path: 'sum.js' })
    expect(between.patch).toContain('-export const sum = (a, b) => a + b')
    expect((await refusalOf(app.api.executions.compareRounds({ id: end.id, from: 1, to: 3 }))).code).toBe(
      'NOT_FOUND',
    )
    // The person's own checkout has not been touched.
    expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
    expect(await gitIn(repo, 'branch', '--show-current')).toBe('main')
  })

  it('starts the card that waited for it, when it is merged', async () => {
    const { board, task, backlog, progress, done } = await openCard()
    // Without an end column, it is the merge alone that tells.
    await app.api.columns.update({ id: done.id, is_end_column: false })
    const next = await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'Then this' })
    await app.api.links.create({ task_id: task.id, other_task_id: next.id, kind: 'blocks' })
    const { id } = await app.api.executions.start({ task_id: task.id })
    await toTheEnd(id)
    const move = { id: next.id, column_id: progress.id, order: 1, version: next.version }
    expect(await app.api.tasks.move(move)).toMatchObject({ waits_for_blockers: true })
    await app.api.executions.merge({ id })
    const [run] = await app.api.executions.list({ task_id: next.id })
    expect(await app.api.tasks.get({ id: next.id })).toMatchObject({
      waits_for_blockers: false,
      current_execution_id: run?.id,
    })
  })

  it('merges what was approved, with a real merge commit, and tidies up', async () => {
    const { task, done, board } = await openCard()
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(id)
    expect(await app.api.executions.previewMerge({ id })).toEqual({
      state: 'ready',
      base_branch: 'main',
      commits: 2,
    })
    const { commit } = await app.api.executions.merge({ id })
    expect(await gitIn(repo, 'rev-parse', 'HEAD')).toBe(commit)
    expect(await gitIn(repo, 'log', '-1', '--format=%s')).toMatch(/^Merge [A-Z]+-1: Mend the sum$/)
    expect(await gitIn(repo, 'show', 'HEAD:sum.js')).toContain('Number(a)')
    expect(await gitIn(repo, 'branch', '--list', 'rangers/*')).toBe('')
    const after = await app.api.boards.get({ id: board.id })
    expect(after.tasks[0]).toMatchObject({ column_id: done.id, status: 'done' })
    expect(after.executions[0]).toMatchObject({ resolution: 'merged' })
    // The diff can still be read, and a second merge is refused.
    expect((await app.api.executions.diff({ id })).files).toHaveLength(1)
    expect((await app.api.executions.compareRounds({ id })).diff?.files).toHaveLength(1)
    expect((await refusalOf(app.api.executions.merge({ id }))).code).toBe('PRECONDITION_FAILED')
    expect(end.steps).toHaveLength(6)
  })

  it('takes a merge back: the card waits in review, its agents can go on, and it is merged again', async () => {
    const { task, review, done, board, project } = await openCard()
    const { id } = await app.api.executions.start({ task_id: task.id })
    await toTheEnd(id)
    expect(await refusalOf(app.api.executions.revertMerge({ id }))).toMatchObject({
      code: 'PRECONDITION_FAILED',
      detail: { error: 'NOT_MERGED' },
    })
    const merged = await app.api.executions.merge({ id })
    expect(await app.api.executions.previewRevertMerge({ id })).toEqual({
      state: 'ready',
      base_branch: 'main',
      commits: 1,
      files: ['sum.js'],
    })

    const [{ commit, branch, base_branch }, second] = await Promise.all([
      app.api.executions.revertMerge({ id }),
      refusalOf(app.api.executions.revertMerge({ id })),
    ])
    expect(second.detail).toMatchObject({ error: 'NOT_MERGED' })
    expect(base_branch).toBe('main')
    expect(await gitIn(repo, 'log', '-1', '--format=%H %P')).toBe(`${commit} ${merged.commit}`)
    expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
    expect(await gitIn(repo, 'show', 'HEAD:sum.js')).not.toContain('Number(a)')
    const back = await app.api.boards.get({ id: board.id })
    expect(back.tasks[0]).toMatchObject({ column_id: review.id, status: 'in_review' })
    expect(back.executions[0]).toMatchObject({ resolution: 'none', status: 'completed', base_commit: commit })
    const feed = await app.api.activity.list({ board_id: board.id, task_id: task.id, limit: 10 })
    expect(feed.find(({ event_type }) => event_type === 'merge_reverted')).toMatchObject({
      actor: { type: 'person' },
      task_execution_id: id,
      message: expect.stringContaining('out of main again'),
    })
    // Agents at work on other cards are not taken for those that moved the branch.
    expect((await listOwnPlaces(app.ctx.db, project.id, new Date(0))).branches).toContain('main')
    // The work is there again, against the newest state.
    expect(await gitIn(repo, 'branch', '--list', '--format=%(refname:short)', 'rangers/*')).toBe(branch)
    expect((await app.api.executions.diff({ id })).files).toMatchObject([{ path: 'sum.js' }])
    expect((await app.api.executions.compareRounds({ id })).diff?.files).toHaveLength(1)

    const after = (await app.api.executions.get({ id })).last_sequence
    await app.api.executions.requestChanges({ execution_id: id, summary: 'Once more.', comments: [] })
    expect((await toTheEnd(id, after)).end.status).toBe('completed')
    expect(await app.api.executions.merge({ id })).toMatchObject({ base_branch: 'main' })
    expect(await gitIn(repo, 'show', 'HEAD:sum.js')).toContain('Number(a)')
    expect(await gitIn(repo, 'branch', '--list', 'rangers/*')).toBe('')
    expect((await app.api.boards.get({ id: board.id })).tasks[0]).toMatchObject({ column_id: done.id })
    await app.api.executions.revertMerge({ id })
    expect(await gitIn(repo, 'show', 'HEAD:sum.js')).not.toContain('Number(a)')
  })

  it('throws a result away and still keeps it', async () => {
    const { task, backlog, board } = await openCard()
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(id)
    expect(await app.api.executions.discard({ id })).toMatchObject({ resolution: 'discarded' })
    expect(await gitIn(repo, 'branch', '--list', 'rangers/*')).toBe('')
    const kept = `refs/rangers/discarded/${id}`
    expect(await gitIn(repo, 'show', `${kept}:sum.js`)).toContain('Number(a)')
    expect(await gitIn(repo, 'merge-base', '--is-ancestor', end.head_commit ?? '', kept)).toBe('')
    expect((await app.api.boards.get({ id: board.id })).tasks[0]).toMatchObject({
      column_id: backlog.id,
      status: 'open',
    })
  })
})

describe('a reviewer', () => {
  it('who never approves leads to "needs attention", and one more round by Resume', async () => {
    const strict = TWO_ROUNDS.rules
      ?.filter((rule) => rule.name !== 'approve')
      .map(({ times: _, ...rule }) => rule)
    play({ rules: strict ?? [] })
    const { task, board, review } = await openCard()
    await app.api.boards.update({ id: board.id, settings: { max_iterations: 1 } })
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(id)
    expect(end).toMatchObject({ status: 'blocked', iteration: 1 })
    expect((await app.api.boards.get({ id: board.id })).tasks[0]).toMatchObject({
      column_id: review.id,
      status: 'blocked',
    })
    play({ rules: TWO_ROUNDS.rules?.filter((rule) => rule.name !== 'ask for changes') ?? [] })
    await app.api.executions.resume({ id })
    const { end: resumed } = await toTheEnd(id, end.last_sequence)
    expect(resumed).toMatchObject({ status: 'completed', iteration: 2, max_iterations: 2 })
  })

  it('who cannot be understood is asked again, and then counts as asking for changes', async () => {
    const rules =
      TWO_ROUNDS.rules?.filter((rule) => rule.name !== 'approve' && rule.name !== 'ask for changes') ?? []
    play({
      rules: [...rules, { match: { system: 'You are the reviewer' }, reply: { text: 'Looks good to me!' } }],
    })
    const { task, board } = await openCard()
    await app.api.boards.update({ id: board.id, settings: { max_iterations: 1 } })
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(id)
    expect(end.status).toBe('blocked')
    expect(end.steps.at(-1)?.verdict).toMatchObject({ status: 'CHANGES_REQUESTED' })
    const reviews = model.requests.filter((request) =>
      JSON.stringify(request.body).includes('You are the reviewer'),
    )
    expect(reviews).toHaveLength(2)
  })
})
