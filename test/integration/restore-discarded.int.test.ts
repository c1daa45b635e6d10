import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'

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
