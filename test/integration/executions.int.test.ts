import { describe, expect, it } from 'vitest'
import { listOwnPlaces } from '#db/queries/repository-changes.ts'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import type { TestApp } from '../helpers/test-app.ts'
import { APPROVED, CHANGES, TWO_ROUNDS } from '../helpers/two-rounds.ts'

let sum: SumApp
let app: TestApp
eachOnSumApp(
  (made) => {
    sum = made
    app = made.app
  },
  { name: 'my sum ünïcode' },
)

describe('the main job', () => {
  it('a card dragged to a column that starts agents is planned, written, reviewed, mended and approved', async () => {
    const { task, progress, review, board } = await openCard(sum)
    const moved = await app.api.tasks.move({
      id: task.id,
      column_id: progress.id,
      order: 1,
      version: task.version,
    })
    if (!moved.current_execution_id) throw new Error('no execution')
    const { events, end } = await toTheEnd(app, moved.current_execution_id)

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
    // The log tells once what the reviewer found.
    expect(events.filter(({ type }) => type === 'verdict')).toHaveLength(2)
    expect(events.at(-1)).toEqual({ type: 'status', status: 'completed', message: null })
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
    expect(await gitIn(sum.repo, 'status', '--porcelain')).toBe('')
    expect(await gitIn(sum.repo, 'branch', '--show-current')).toBe('main')
  })

  it('starts the card that waited for it, when it is merged', async () => {
    const { board, task, backlog, progress, done } = await openCard(sum)
    // Without an end column, it is the merge alone that tells.
    await app.api.columns.update({ id: done.id, is_end_column: false })
    const next = await app.api.tasks.create({ board_id: board.id, column_id: backlog.id, title: 'Then this' })
    await app.api.links.create({ task_id: task.id, other_task_id: next.id, kind: 'blocks' })
    const { id } = await app.api.executions.start({ task_id: task.id })
    await toTheEnd(app, id)
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
    const { task, done, board } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(app, id)
    expect(await app.api.executions.previewMerge({ id })).toEqual({
      state: 'ready',
      base_branch: 'main',
      commits: 2,
    })
    const { commit } = await app.api.executions.merge({ id })
    expect(await gitIn(sum.repo, 'rev-parse', 'HEAD')).toBe(commit)
    expect(await gitIn(sum.repo, 'log', '-1', '--format=%s')).toMatch(/^Merge [A-Z]+-1: Mend the sum$/)
    expect(await gitIn(sum.repo, 'show', 'HEAD:sum.js')).toContain('Number(a)')
    expect(await gitIn(sum.repo, 'branch', '--list', 'rangers/*')).toBe('')
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
    const { task, review, done, board, project } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    await toTheEnd(app, id)
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
    expect(await gitIn(sum.repo, 'log', '-1', '--format=%H %P')).toBe(`${commit} ${merged.commit}`)
    expect(await gitIn(sum.repo, 'status', '--porcelain')).toBe('')
    expect(await gitIn(sum.repo, 'show', 'HEAD:sum.js')).not.toContain('Number(a)')
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
    expect(await gitIn(sum.repo, 'branch', '--list', '--format=%(refname:short)', 'rangers/*')).toBe(branch)
    expect((await app.api.executions.diff({ id })).files).toMatchObject([{ path: 'sum.js' }])
    expect((await app.api.executions.compareRounds({ id })).diff?.files).toHaveLength(1)

    const after = (await app.api.executions.get({ id })).last_sequence
    await app.api.executions.requestChanges({ execution_id: id, summary: 'Once more.', comments: [] })
    expect((await toTheEnd(app, id, after)).end.status).toBe('completed')
    expect(await app.api.executions.merge({ id })).toMatchObject({ base_branch: 'main' })
    expect(await gitIn(sum.repo, 'show', 'HEAD:sum.js')).toContain('Number(a)')
    expect(await gitIn(sum.repo, 'branch', '--list', 'rangers/*')).toBe('')
    expect((await app.api.boards.get({ id: board.id })).tasks[0]).toMatchObject({ column_id: done.id })
    await app.api.executions.revertMerge({ id })
    expect(await gitIn(sum.repo, 'show', 'HEAD:sum.js')).not.toContain('Number(a)')
  })

  it('throws a result away and still keeps it', async () => {
    const { task, backlog, board } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(app, id)
    expect(await app.api.executions.discard({ id })).toMatchObject({ resolution: 'discarded' })
    expect(await gitIn(sum.repo, 'branch', '--list', 'rangers/*')).toBe('')
    const kept = `refs/rangers/discarded/${id}`
    expect(await gitIn(sum.repo, 'show', `${kept}:sum.js`)).toContain('Number(a)')
    expect(await gitIn(sum.repo, 'merge-base', '--is-ancestor', end.head_commit ?? '', kept)).toBe('')
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
    sum.model.play({ rules: strict ?? [] })
    const { task, board, review } = await openCard(sum)
    await app.api.boards.update({ id: board.id, settings: { max_iterations: 1 } })
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(app, id)
    expect(end).toMatchObject({ status: 'blocked', iteration: 1 })
    expect((await app.api.boards.get({ id: board.id })).tasks[0]).toMatchObject({
      column_id: review.id,
      status: 'blocked',
    })
    sum.model.play({ rules: TWO_ROUNDS.rules?.filter((rule) => rule.name !== 'ask for changes') ?? [] })
    await app.api.executions.resume({ id })
    const { end: resumed } = await toTheEnd(app, id, end.last_sequence)
    expect(resumed).toMatchObject({ status: 'completed', iteration: 2, max_iterations: 2 })
  })

  it('who cannot be understood is asked again, and then counts as asking for changes', async () => {
    const rules =
      TWO_ROUNDS.rules?.filter((rule) => rule.name !== 'approve' && rule.name !== 'ask for changes') ?? []
    sum.model.play({
      rules: [...rules, { match: { system: 'You are the reviewer' }, reply: { text: 'Looks good to me!' } }],
    })
    const { task, board } = await openCard(sum)
    await app.api.boards.update({ id: board.id, settings: { max_iterations: 1 } })
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(app, id)
    expect(end.status).toBe('blocked')
    expect(end.steps.at(-1)?.verdict).toMatchObject({ status: 'CHANGES_REQUESTED' })
    const reviews = sum.model.requests.filter((request) =>
      JSON.stringify(request.body).includes('You are the reviewer'),
    )
    expect(reviews).toHaveLength(2)
  })
})
