import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { followExecution } from '#electron/services/follow-execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, openSumApp, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { openTestApp } from '../helpers/test-app.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'

/** Work that is to go on while columns are full, apps are many, and folders and commits are not where they were. */
let sum: SumApp

beforeEach(async () => {
  sum = await openSumApp()
})
afterEach(() => sum[Symbol.asyncDispose]())

const NOBODY = crypto.randomUUID() as ExecutionId
const RULES = TWO_ROUNDS.rules ?? []
/** Approves at once. */
const MILD = { rules: RULES.filter(({ name }) => name !== 'ask for changes') }
const HANGING = { match: { system: 'You are the reviewer' }, reply: { hang: true } }

/** An execution that was developed and then cancelled in its review. */
async function cancelledInReview() {
  const { app, model } = sum
  model.play({ rules: [HANGING, ...RULES] })
  const card = await openCard(sum)
  const { id } = await app.api.executions.start({ task_id: card.task.id })
  for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(25_000)))
    if (body.type === 'step_started' && body.phase === 'review') break
  await app.api.executions.cancel({ id })
  return { ...card, id, ended: await app.api.executions.get({ id }) }
}

/** An execution with two rounds, to its end. */
async function completed() {
  const { app, model } = sum
  model.play(TWO_ROUNDS)
  const card = await openCard(sum)
  const { id } = await app.api.executions.start({ task_id: card.task.id })
  return { ...card, id, end: (await toTheEnd(app, id)).end }
}

it('what waits for room is seen from another app on the server, which can make the room', async () => {
  const { app, model } = sum
  model.play(MILD)
  const { board, task, progress, done } = await openCard(sum)
  const inTheWay = await app.api.tasks.create({ board_id: board.id, column_id: progress.id, title: 'Here' })
  await app.api.columns.update({ id: progress.id, wip_limit: 1 })
  await using other = await openTestApp({ beside: app })
  const { id } = await app.api.executions.start({ task_id: task.id })
  await app.ctx.orchestrator.settled(NOBODY)
  const reason = `“${progress.name}” is at its limit of 1.`
  expect(await other.api.executions.queue()).toEqual([{ execution_id: id, place: 1, reason }])
  expect(await app.api.executions.queue()).toEqual([{ execution_id: id, place: 1, reason }])
  await other.api.tasks.move({ id: inTheWay.id, column_id: done.id, order: 1, version: inTheWay.version })
  expect((await toTheEnd(app, id)).end.status).toBe('completed')
  expect(await other.api.executions.queue()).toEqual([])
})

it('Resume into a full column waits for room, which is said, also to another app; nothing is paid for meanwhile', async () => {
  const { app, model } = sum
  const { id, ended, board, task, backlog, progress, done } = await cancelledInReview()
  const { version } = await app.api.tasks.get({ id: task.id })
  await app.api.tasks.move({ id: task.id, column_id: backlog.id, order: 1, version })
  const inTheWay = await app.api.tasks.create({ board_id: board.id, column_id: progress.id, title: 'Here' })
  await app.api.columns.update({ id: progress.id, wip_limit: 1 })
  model.play(MILD)
  const asked = model.requests.length
  await app.api.executions.resume({ id })
  await app.ctx.orchestrator.settled(NOBODY)
  const waiting = [{ execution_id: id, place: 1, reason: `“${progress.name}” is at its limit of 1.` }]
  expect(await app.api.executions.queue()).toEqual(waiting)
  await using other = await openTestApp({ beside: app })
  expect(await other.api.executions.queue()).toEqual(waiting)
  expect((await app.api.executions.get({ id })).steps).toEqual(ended.steps)
  expect((await app.api.tasks.get({ id: task.id })).column_id).toBe(backlog.id)
  expect(model.requests).toHaveLength(asked)
  await other.api.tasks.move({ id: inTheWay.id, column_id: done.id, order: 1, version: inTheWay.version })
  const { end } = await toTheEnd(app, id, ended.last_sequence)
  expect(end.status).toBe('completed')
  expect(await other.api.executions.queue()).toEqual([])
})

it('a clean-up of git takes nothing of a result: each step can be looked at, and the work goes on', async () => {
  const { app, repo } = sum
  const { id, end } = await completed()
  await rm(end.workspace_path ?? '', { recursive: true })
  await gitIn(repo, 'worktree', 'prune')
  await gitIn(repo, 'branch', '-D', end.branch ?? '')
  await gitIn(repo, 'reflog', 'expire', '--expire=now', '--all')
  await gitIn(repo, 'gc', '--quiet', '--prune=now')
  const compared = await app.api.executions.compareRounds({ id })
  expect(compared.diff?.files.map((file) => file.path)).toEqual(['sum.js'])
  expect((await app.api.executions.diff({ id })).files.map((file) => file.path)).toEqual(['sum.js'])

  // Somebody has tidied up more than git does.
  for (const ref of (await gitIn(repo, 'for-each-ref', '--format=%(refname)', 'refs/rangers')).split('\n'))
    await gitIn(repo, 'update-ref', '-d', ref)
  await gitIn(repo, 'reflog', 'expire', '--expire=now', '--all')
  await gitIn(repo, 'gc', '--quiet', '--prune=now')
  expect(await app.api.executions.compareRounds({ id })).toMatchObject({
    rounds: [1, 2],
    diff: null,
    no_diff: expect.stringContaining('is not to be found'),
    to: { changes: null, verdict: { status: 'APPROVED' } },
  })
  const gone = { detail: { error: 'WORK_ELSEWHERE' } }
  expect(await refusalOf(app.api.executions.diff({ id }))).toMatchObject(gone)
  expect(await refusalOf(app.api.executions.merge({ id }))).toMatchObject(gone)
  expect(await app.api.executions.previewMerge({ id })).toMatchObject({ state: 'unavailable' })
  expect(
    await refusalOf(app.api.executions.requestChanges({ execution_id: id, comments: [], summary: 'More.' })),
  ).toMatchObject(gone)
  expect(await app.api.executions.get({ id })).toMatchObject({ status: 'completed', resolution: 'none' })

  const begun = await app.api.executions.startOver({ id })
  expect((await toTheEnd(app, begun.id)).end).toMatchObject({
    status: 'completed',
    workflow_type: 'development',
  })
  expect((await app.api.executions.list({ task_id: begun.task_id })).map((one) => one.id)).toEqual([
    begun.id,
    id,
  ])
})

it('a project that was moved by hand is missed in words; once its place is said, the work goes on and is merged', async () => {
  const { app, model, repo, folder } = sum
  const { id, ended, project } = await cancelledInReview()
  const moved = path.join(folder, 'moved')
  await rename(repo, moved)
  const refusal = { code: 'PRECONDITION_FAILED', detail: { error: 'PROJECT_ELSEWHERE' } }
  expect(await refusalOf(app.api.executions.resume({ id }))).toMatchObject(refusal)
  expect(await refusalOf(app.api.executions.diff({ id }))).toMatchObject({
    detail: { error: 'PROJECT_MISSING' },
  })
  expect(await app.api.executions.previewMerge({ id })).toMatchObject({
    state: 'unavailable',
    reason: expect.stringContaining(repo),
  })
  expect(await app.api.executions.get({ id })).toMatchObject({ status: 'cancelled' })
  await app.api.projects.locate({ id: project.id, path: moved })
  model.play(MILD)
  await app.api.executions.resume({ id })
  const { end } = await toTheEnd(app, id, ended.last_sequence)
  expect(end).toMatchObject({ status: 'completed', workspace_path: ended.workspace_path })
  await app.api.executions.merge({ id })
  expect(await gitIn(moved, 'show', 'HEAD:sum.js')).toContain('a + b')
})

it('a base that has moved on does not lose the work: what conflicts is said, and merges once it is resolved', async () => {
  const { app, repo } = sum
  const { id, end } = await completed()
  await gitIn(repo, 'commit', '--quiet', '--allow-empty', '-m', 'Meanwhile')
  await gitIn(repo, 'rm', '--quiet', 'sum.js')
  await gitIn(repo, 'commit', '--quiet', '-m', 'Away with it')
  expect(await app.api.executions.previewMerge({ id })).toMatchObject({
    state: 'conflict',
    files: ['sum.js'],
  })
  expect(await refusalOf(app.api.executions.merge({ id }))).toMatchObject({
    detail: { error: 'MERGE_CONFLICT' },
  })
  await gitIn(repo, 'revert', '--no-edit', 'HEAD')
  await gitIn(repo, 'branch', '-m', 'main', 'trunk')
  expect(await app.api.executions.previewMerge({ id })).toMatchObject({
    state: 'no_base',
    base_branch: 'main',
    branches: ['trunk'],
  })
  await gitIn(repo, 'branch', '-m', 'trunk', 'main')
  await app.api.executions.merge({ id })
  expect(await gitIn(repo, 'log', '-1', '--format=%s')).toContain(
    `Merge ${end.branch?.split('/')[1]?.slice(0, 3)}`,
  )
})
