import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { executionActions } from '../../renderer/lib/execution-state.ts'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn, writeFiles } from '../helpers/git-fixture.ts'
import { openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { SUM_REPOSITORY } from '../helpers/two-rounds.ts'

/** Discarded work that began from no branch: of a plain folder, and of a detached HEAD. */
let sum: SumApp
eachOnSumApp((made) => {
  sum = made
})

async function finished() {
  const { task } = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  const { end } = await toTheEnd(sum.app, id)
  return { id, workspace: end.workspace_path ?? '' }
}

async function inPlainFolder() {
  sum.repo = path.join(sum.folder, 'plain')
  await mkdir(sum.repo)
  await writeFiles(sum.repo, { ...SUM_REPOSITORY, 'node_modules/left/index.js': 'x' })
  return finished()
}

it('the work of a plain folder comes back with what nobody had committed, and is merged', async () => {
  const { app, repo: _ } = sum
  const { id, workspace } = await inPlainFolder()
  await writeFile(path.join(workspace, 'note.md'), 'By hand.')
  const shown = async () => (await app.api.executions.diff({ id })).files.map((file) => file.path)
  const discarded = await app.api.executions.discard({ id })
  expect(executionActions(discarded).restore).toBe(true)
  await writeFiles(sum.repo, { 'mine.txt': 'written meanwhile' })
  await expect(access(workspace)).rejects.toThrow()
  expect(await app.api.executions.restore({ id })).toMatchObject({ resolution: 'none' })
  expect(await shown()).toEqual(['note.md', 'sum.js'])
  await access(path.join(workspace, 'node_modules/left/index.js')) // the checks need them
  await app.api.executions.discard({ id })
  await app.api.executions.restore({ id })
  expect(await shown()).toEqual(['note.md', 'sum.js'])
  const merged = await app.api.executions.merge({ id })
  expect(merged).toMatchObject({ base_branch: 'plain' })
  expect(await readFile(path.join(sum.repo, 'note.md'), 'utf8')).toBe('By hand.')
  expect(await readFile(path.join(sum.repo, 'mine.txt'), 'utf8')).toBe('written meanwhile')
  expect(await readFile(path.join(sum.repo, 'sum.js'), 'utf8')).toContain('Number(a)')
  expect(executionActions(await app.api.executions.get({ id })).revert).toBe(true)
})

it('agents go on with the work of a plain folder that is back', async () => {
  const { app } = sum
  const { id } = await inPlainFolder()
  await app.api.executions.discard({ id })
  await app.api.executions.restore({ id })
  const { last_sequence } = await app.api.executions.get({ id })
  await app.api.executions.requestChanges({ execution_id: id, summary: 'Once more.', comments: [] })
  expect((await toTheEnd(app, id, last_sequence)).end).toMatchObject({ status: 'completed' })
})

it('where what was kept of a plain folder is gone, that is said and nothing changes', async () => {
  const { app } = sum
  const { id, workspace } = await inPlainFolder()
  await app.api.executions.discard({ id })
  await rm(path.join(path.dirname(workspace), 'kept'), { recursive: true })
  expect((await refusalOf(app.api.executions.restore({ id }))).detail).toMatchObject({
    error: 'KEPT_WORK_GONE',
    message: expect.stringContaining('kept'),
  })
  expect((await app.api.executions.get({ id })).resolution).toBe('discarded')
})

it('the work of a detached HEAD comes back to its branch', async () => {
  const { app, repo } = sum
  await gitIn(repo, 'switch', '--quiet', '--detach')
  const { id } = await finished()
  const discarded = await app.api.executions.discard({ id })
  expect(executionActions(discarded).restore).toBe(true)
  const { branch } = await app.api.executions.restore({ id })
  expect(await gitIn(repo, 'show', `${branch}:sum.js`)).toContain('Number(a)')
})
