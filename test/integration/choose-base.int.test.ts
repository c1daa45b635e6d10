import { expect, it } from 'vitest'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'

/** The branch that a card began from was renamed or removed since, or there was none. */
let sum: SumApp
eachOnSumApp((made) => {
  sum = made
})

async function finished() {
  const { task } = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  const { end } = await toTheEnd(sum.app, id)
  return { id, branch: end.branch ?? '' }
}

it('work goes into the branch that a person chooses, and out of it again', async () => {
  const { repo, app } = sum
  const { executions } = app.api
  const { id, branch } = await finished()
  await gitIn(repo, 'branch', '-m', 'main', 'trunk')
  const before = await executions.diff({ id })
  expect(await executions.previewMerge({ id })).toEqual({
    state: 'no_base',
    base_branch: 'main',
    branches: ['trunk'],
  })
  expect((await refusalOf(executions.merge({ id }))).detail).toMatchObject({ error: 'MERGE_UNAVAILABLE' })
  for (const base_branch of ['nowhere', branch, '--help']) {
    expect((await refusalOf(executions.chooseBase({ id, base_branch }))).detail).toMatchObject({
      error: 'NO_SUCH_BRANCH',
    })
  }
  expect(await executions.chooseBase({ id, base_branch: 'trunk' })).toMatchObject({ base_branch: 'trunk' })
  expect(await executions.diff({ id })).toEqual(before)
  expect(await executions.previewMerge({ id })).toMatchObject({ state: 'ready', base_branch: 'trunk' })
  await executions.merge({ id })
  expect(await gitIn(repo, 'show', 'trunk:sum.js')).toContain('Number(a)')
  await executions.revertMerge({ id })
  expect(await gitIn(repo, 'show', 'trunk:sum.js')).not.toContain('Number(a)')
  await executions.discard({ id })
  expect((await refusalOf(executions.chooseBase({ id, base_branch: 'trunk' }))).detail).toMatchObject({
    error: 'ALREADY_RESOLVED',
  })
})

it('a merge goes out of the branch that a person chooses, of those that have it', async () => {
  const { repo, app } = sum
  const { executions } = app.api
  const { id } = await finished()
  await gitIn(repo, 'branch', 'without')
  await executions.merge({ id })
  await gitIn(repo, 'switch', '--quiet', '-c', 'release')
  await gitIn(repo, 'branch', '-m', 'main', 'trunk')
  const gone = { state: 'no_base', base_branch: 'main', branches: ['release', 'trunk'] }
  expect(await executions.previewRevertMerge({ id })).toEqual(gone)
  expect((await refusalOf(executions.revertMerge({ id }))).detail).toMatchObject({
    error: 'REVERT_UNAVAILABLE',
    message: expect.stringContaining('Choose another one'),
  })
  for (const base_branch of ['nowhere', 'without'])
    expect((await refusalOf(executions.chooseBase({ id, base_branch }))).detail).toMatchObject({
      error: 'NO_SUCH_BRANCH',
    })
  expect(await executions.previewRevertMerge({ id })).toEqual(gone)
  expect(await executions.chooseBase({ id, base_branch: 'trunk' })).toMatchObject({
    base_branch: 'trunk',
    resolution: 'merged',
  })
  expect(await executions.previewRevertMerge({ id })).toMatchObject({ state: 'ready', base_branch: 'trunk' })
  await executions.revertMerge({ id })
  expect(await gitIn(repo, 'show', 'trunk:sum.js')).not.toContain('Number(a)')
  expect(await gitIn(repo, 'show', 'release:sum.js')).toContain('Number(a)')
  expect(await executions.previewMerge({ id })).toMatchObject({ state: 'ready', base_branch: 'trunk' })
})

it('work that began on a detached HEAD goes into a branch; what is not there either is told', async () => {
  const { repo, app } = sum
  const { executions } = app.api
  await gitIn(repo, 'switch', '--quiet', '--detach')
  await gitIn(repo, 'commit', '--quiet', '--allow-empty', '-m', 'On no branch')
  const { id } = await finished()
  await gitIn(repo, 'branch', 'kept', 'HEAD')
  await gitIn(repo, 'commit', '--quiet', '--allow-empty', '-m', 'Later')
  expect(await executions.previewMerge({ id })).toEqual({
    state: 'no_base',
    base_branch: null,
    branches: ['kept', 'main'],
  })
  await executions.chooseBase({ id, base_branch: 'main' })
  expect(await executions.previewMerge({ id })).toMatchObject({ state: 'ready', older: 1 })
  await executions.chooseBase({ id, base_branch: 'kept' })
  const preview = await executions.previewMerge({ id })
  expect(preview).toMatchObject({ state: 'ready', base_branch: 'kept' })
  expect(preview).not.toHaveProperty('older')
  await executions.merge({ id })
  expect(await gitIn(repo, 'show', 'kept:sum.js')).toContain('Number(a)')
})
