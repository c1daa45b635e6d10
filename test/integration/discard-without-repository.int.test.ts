import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { followExecution } from '#electron/services/follow-execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'

/** Work whose repository, or whose project, is not there any more, is to be thrown away all the same. */
let sum: SumApp
eachOnSumApp((made) => {
  sum = made
})

async function finished() {
  const { task } = await openCard(sum)
  const { id } = await sum.app.api.executions.start({ task_id: task.id })
  const { end } = await toTheEnd(sum.app, id)
  const workspace = end.workspace_path ?? ''
  await writeFile(path.join(workspace, 'note.md'), 'By hand.')
  return { id, workspace, branch: end.branch ?? '', kept: path.join(path.dirname(workspace), 'kept', id) }
}

async function notices(id: ExecutionId): Promise<string[]> {
  const { last_sequence } = await sum.app.api.executions.get({ id })
  const said: string[] = []
  for await (const { body, sequence } of followExecution(sum.app.ctx, id, 0, AbortSignal.timeout(20_000))) {
    if (body.type === 'notice') said.push(body.text)
    if (sequence >= last_sequence) break
  }
  return said
}

it('the files are kept beside the workspaces, and come back when the repository does', async () => {
  const { app, repo } = sum
  const { id, workspace, branch, kept } = await finished()
  await rename(repo, `${repo}-away`)
  expect(await app.api.executions.discard({ id })).toMatchObject({ resolution: 'discarded' })
  expect(await readFile(path.join(kept, 'note.md'), 'utf8')).toBe('By hand.')
  expect(await readFile(path.join(kept, 'sum.js'), 'utf8')).toContain('Number(a)')
  expect(await notices(id)).toContainEqual(expect.stringContaining(kept))
  expect((await refusalOf(app.api.executions.restore({ id }))).detail).toMatchObject({
    error: 'PROJECT_MISSING',
  })
  await rename(`${repo}-away`, repo)
  expect(await app.api.executions.restore({ id })).toMatchObject({ resolution: 'none', branch })
  expect(await readdir(path.dirname(kept))).toEqual([])
  expect(await readFile(path.join(workspace, 'note.md'), 'utf8')).toBe('By hand.')
  expect((await app.api.executions.diff({ id })).files.map((file) => file.path)).toEqual([
    'note.md',
    'sum.js',
  ])
  await app.api.executions.merge({ id })
  expect(await gitIn(repo, 'show', 'main:note.md')).toBe('By hand.')
  expect(await gitIn(repo, 'show', 'main:sum.js')).toContain('Number(a)')
})

it('a folder that is no repository any more is as good as gone', async () => {
  const { app, repo } = sum
  const { id, kept } = await finished()
  await rm(path.join(repo, '.git'), { recursive: true })
  await app.api.executions.discard({ id })
  expect(await readFile(path.join(kept, 'note.md'), 'utf8')).toBe('By hand.')
  expect((await app.api.executions.get({ id })).resolution).toBe('discarded')
})

it('where the workspace is gone too, only the card hears of it', async () => {
  const { app, repo } = sum
  const { id, workspace } = await finished()
  await rm(repo, { recursive: true })
  await rm(workspace, { recursive: true })
  expect(await app.api.executions.discard({ id })).toMatchObject({ resolution: 'discarded' })
  expect(await readdir(path.dirname(workspace))).toEqual([])
})

it('a project that is not known any more keeps nothing from being thrown away', async () => {
  const { app, repo } = sum
  const { id, workspace } = await finished()
  await app.ctx.db.execute(sql`UPDATE workspaces SET project_id = NULL WHERE execution_id = ${id}`)
  expect(await app.api.executions.discard({ id })).toMatchObject({ resolution: 'discarded' })
  expect(await gitIn(repo, 'show', `refs/rangers/discarded/${id}:note.md`)).toBe('By hand.')
  expect(await readdir(path.dirname(workspace))).toEqual([])
})
