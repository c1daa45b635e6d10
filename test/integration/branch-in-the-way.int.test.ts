import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'

/** A person removed the branch of the work, and has one of their own that is called as its first part. */
let sum: SumApp
eachOnSumApp((made) => {
  sum = made
})

const TAKEN = 'has a branch called “rangers”'

async function lostToTheirs(how: 'removed' | 'detached') {
  const { task } = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  const { end } = await toTheEnd(sum.app, id)
  const workspace = end.workspace_path ?? ''
  await writeFile(path.join(workspace, 'note.md'), 'By hand.')
  if (how === 'detached') await gitIn(workspace, 'switch', '--quiet', '--detach')
  await gitIn(sum.repo, 'update-ref', '-d', `refs/heads/${end.branch}`)
  await gitIn(sum.repo, 'branch', 'rangers')
  return { id, workspace }
}

it.each(['removed', 'detached'] as const)(
  'nothing is merged without what nobody had committed: the branch in the way is named (%s)',
  async (how) => {
    const { app, repo } = sum
    const { id, workspace } = await lostToTheirs(how)
    const before = await gitIn(repo, 'for-each-ref')
    expect(await app.api.executions.previewMerge({ id })).toEqual({
      state: 'unavailable',
      reason: expect.stringContaining(TAKEN),
    })
    expect((await refusalOf(app.api.executions.merge({ id }))).detail).toMatchObject({
      error: 'BRANCH_NAME_TAKEN',
      message: expect.stringContaining(TAKEN),
    })
    expect(await gitIn(repo, 'for-each-ref')).toBe(before)
    expect(await readFile(path.join(workspace, 'note.md'), 'utf8')).toBe('By hand.')
    await gitIn(repo, 'branch', '-m', 'rangers', 'rangers-of-old')
    await app.api.executions.merge({ id })
    expect(await gitIn(repo, 'show', 'main:note.md')).toBe('By hand.')
    expect(await gitIn(repo, 'show', 'main:sum.js')).toContain('Number(a)')
  },
)
