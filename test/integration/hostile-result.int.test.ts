import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { gitIn, writeFiles } from '../helpers/git-fixture.ts'
import { openCard, openSumApp, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'

/** What becomes of a result when somebody else reaches for it at the same moment, or when its files are not as left. */
let sum: SumApp

beforeEach(async () => {
  sum = await openSumApp()
})
afterEach(() => sum[Symbol.asyncDispose]())

/** An execution that was developed and then cancelled in its review. */
async function cancelledInReview() {
  const { app, model } = sum
  const hanging = { match: { system: 'You are the reviewer' }, reply: { hang: true } }
  model.play({ rules: [hanging, ...(TWO_ROUNDS.rules ?? [])] })
  const card = await openCard(sum)
  const { id } = await app.api.executions.start({ task_id: card.task.id })
  await model.received(6)
  await app.api.executions.cancel({ id })
  const { workspace_path } = await app.api.executions.get({ id })
  return { ...card, id, workspace: workspace_path ?? '' }
}

it.each(['merge', 'discard'] as const)(
  '%s and resume at once: one of them wins, the other changes nothing',
  async (how) => {
    const { app, model, repo } = sum
    const { id } = await cancelledInReview()
    model.play({ default: { hang: true } })
    const [put, resumed] = await Promise.allSettled([
      app.api.executions[how]({ id }),
      app.api.executions.resume({ id }),
    ])
    expect([put.status, resumed.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    const { status, resolution, branch } = await app.api.executions.get({ id })
    const isMerged = (await gitIn(repo, 'log', '-1', '--format=%s')).startsWith('Merge')
    expect(isMerged).toBe(resolution === 'merged')
    const hasBranch = (await gitIn(repo, 'branch', '--list', branch ?? '')) !== ''
    expect({ status, hasBranch }).toEqual(
      put.status === 'fulfilled'
        ? { status: 'cancelled', hasBranch: false }
        : { status: 'running', hasBranch: true },
    )
  },
)

it('a double click on Merge merges once', async () => {
  const { app, repo } = sum
  const { id } = await cancelledInReview()
  const clicks = await Promise.allSettled([
    app.api.executions.merge({ id }),
    app.api.executions.merge({ id }),
  ])
  expect(clicks.map((click) => click.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await gitIn(repo, 'rev-list', '--count', '--merges', 'main')).toBe('1')
})

it('merge and discard at once: git and the card say the same', async () => {
  const { app, repo } = sum
  const { id } = await cancelledInReview()
  await Promise.allSettled([app.api.executions.merge({ id }), app.api.executions.discard({ id })])
  const merges = await gitIn(repo, 'rev-list', '--count', '--merges', 'main')
  expect((await app.api.executions.get({ id })).resolution).toBe(merges === '1' ? 'merged' : 'discarded')
})

it('what the diff shows is what is merged, also what an interrupted agent had not committed', async () => {
  const { app, repo } = sum
  const { id, workspace } = await cancelledInReview()
  await writeFiles(workspace, { 'late.txt': 'written before the power went\n' })
  const shown = (await app.api.executions.diff({ id })).files.map((file) => file.path)
  expect(shown).toEqual(['late.txt', 'sum.js'])
  await app.api.executions.merge({ id })
  expect(await gitIn(repo, 'diff', '--name-only', 'HEAD^', 'HEAD')).toBe('late.txt\nsum.js')
  expect((await app.api.executions.diff({ id })).files.map((file) => file.path)).toEqual(shown)
})

it('Resume goes on with the work on the branch when folder and marker are gone', async () => {
  const { app, model, repo } = sum
  const { id, workspace } = await cancelledInReview()
  await rm(workspace, { recursive: true })
  await rm(`${workspace}.json`)
  model.play(TWO_ROUNDS)
  const { last_sequence, branch } = await app.api.executions.get({ id })
  await app.api.executions.resume({ id })
  const { end } = await toTheEnd(app, id, last_sequence)
  expect(end).toMatchObject({ status: 'completed', branch })
  expect(await gitIn(repo, 'show', `${branch}:sum.js`)).toContain('Number(a)')
  await app.api.executions.merge({ id })
  expect(await gitIn(repo, 'show', 'HEAD:sum.js')).toContain('Number(a)')
})

it('Resume goes on after the last finished step when folder, marker and branch are gone: its commits are kept', async () => {
  const { app, model, repo } = sum
  const { id, workspace } = await cancelledInReview()
  const { last_sequence, branch } = await app.api.executions.get({ id })
  await rm(workspace, { recursive: true })
  await rm(`${workspace}.json`)
  await gitIn(repo, 'worktree', 'prune')
  await gitIn(repo, 'branch', '-D', branch ?? '')
  model.play(TWO_ROUNDS)
  await app.api.executions.resume({ id })
  const { end } = await toTheEnd(app, id, last_sequence)
  expect(end).toMatchObject({ status: 'completed', branch })
  expect(end.steps.filter(({ phase }) => phase === 'architecture')).toHaveLength(1)
  expect(await gitIn(repo, 'show', `${branch}:sum.js`)).toContain('Number(a)')
})

it('two windows that open one new folder at once get one board', async () => {
  const { app, repo } = sum
  const opened = await Promise.all([1, 2, 3].map(() => app.api.projects.open({ path: repo })))
  expect(new Set(opened.map(({ board }) => board.id)).size).toBe(1)
  expect(await app.api.boards.list()).toHaveLength(1)
})

it('boards of one name that are made at once get a key each', async () => {
  const boards = await Promise.all([1, 2, 3, 4].map(() => sum.app.api.boards.create({ name: 'Shop' })))
  expect(new Set(boards.map(({ key }) => key)).size).toBe(4)
})

it('a repository whose folder ends with a space can be opened', async () => {
  const { app, folder } = sum
  const repo = path.join(folder, 'odd \n ')
  await gitIn(folder, 'init', '--quiet', repo)
  expect((await app.api.projects.open({ path: repo })).project.path).toBe(repo)
})
