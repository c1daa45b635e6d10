import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'

let sum: SumApp
eachOnSumApp((made) => {
  sum = made
})

it('brings back what was thrown away, with what nobody had committed, and merges it', async () => {
  const { task, board, review } = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  const { end } = await toTheEnd(sum.app, id)
  await writeFile(path.join(end.workspace_path ?? '', 'note.md'), 'By hand.')
  await sum.app.api.executions.discard({ id })
  expect(await sum.app.api.executions.restore({ id })).toMatchObject({
    resolution: 'none',
    branch: end.branch,
  })
  expect((await sum.app.api.boards.get({ id: board.id })).tasks[0]).toMatchObject({
    column_id: review.id,
    status: 'in_review',
  })
  expect((await refusalOf(sum.app.api.executions.restore({ id }))).detail).toMatchObject({
    error: 'NOT_DISCARDED',
  })
  await sum.app.api.executions.discard({ id })
  await sum.app.api.executions.restore({ id })
  await sum.app.api.executions.merge({ id })
  expect(await gitIn(sum.repo, 'show', 'HEAD:sum.js')).toContain('Number(a)')
  expect(await gitIn(sum.repo, 'show', 'HEAD:note.md')).toBe('By hand.')
})

it('does not take the card from agents that are at work on it by then', async () => {
  const { task, review } = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  await toTheEnd(sum.app, id)
  await sum.app.api.executions.discard({ id })
  sum.model.play({ rules: [{ match: { system: 'who hands out' }, reply: { hang: true } }] })
  const again = await sum.app.api.executions.start({ task_id: task.id })
  expect(await sum.app.api.executions.restore({ id })).toMatchObject({ resolution: 'none' })
  const card = await sum.app.api.tasks.get({ id: task.id })
  expect(card.current_execution_id).toBe(again.id)
  expect(card.column_id).not.toBe(review.id)
  await sum.app.api.executions.cancel({ id: again.id })
})

it('a run that failed comes back as that, not as something to review', async () => {
  const { task, review } = await openCard(sum)
  sum.model.play({ default: { error: { type: 'authentication_error', status: 401 } } })
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  expect((await toTheEnd(sum.app, id)).end).toMatchObject({ status: 'failed', branch: expect.any(String) })
  await sum.app.api.executions.discard({ id })
  await sum.app.api.executions.restore({ id })
  const card = await sum.app.api.tasks.get({ id: task.id })
  expect(card).toMatchObject({ status: 'open', current_execution_id: id })
  expect(card.column_id).not.toBe(review.id)
})

it('what was discarded from another computer comes back where its workspace still is', async () => {
  const { task } = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  const { end } = await toTheEnd(sum.app, id)
  const workspace = end.workspace_path ?? ''
  await writeFile(path.join(workspace, 'note.md'), 'By hand.')
  const root = path.dirname(workspace)
  await rename(root, `${root}-here`) // the other computer has none
  await sum.app.api.executions.discard({ id })
  await rename(`${root}-here`, root)
  expect(await sum.app.api.executions.restore({ id })).toMatchObject({ branch: end.branch })
  expect(await readFile(path.join(workspace, 'note.md'), 'utf8')).toBe('By hand.')
  await sum.app.api.executions.merge({ id })
  expect(await gitIn(sum.repo, 'show', 'HEAD:note.md')).toBe('By hand.')
})

it('a result that waits in review stays the one of its card; where the project is gone, that is said', async () => {
  const { task } = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  await toTheEnd(sum.app, id)
  await sum.app.api.executions.discard({ id })
  await rename(sum.repo, `${sum.repo}-away`)
  expect((await refusalOf(sum.app.api.executions.restore({ id }))).detail).toMatchObject({
    error: 'PROJECT_MISSING',
  })
  await rename(`${sum.repo}-away`, sum.repo)
  sum.model.play(TWO_ROUNDS)
  const again = await sum.app.api.executions.start({ task_id: task.id })
  await toTheEnd(sum.app, again.id)
  await sum.app.api.executions.restore({ id })
  expect(await sum.app.api.tasks.get({ id: task.id })).toMatchObject({
    status: 'in_review',
    current_execution_id: again.id,
  })
})
