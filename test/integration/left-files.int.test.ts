import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { openCard, openSumApp, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import { CHECK, TWO_ROUNDS } from '../helpers/two-rounds.ts'

/** What checks leave in the workspace is in the result until a person decides. */
let sum: SumApp
beforeAll(async () => {
  sum = await openSumApp()
})
afterAll(() => sum[Symbol.asyncDispose]())

const LEAVES = `mkdir -p out && echo report > out/report.txt && echo shot > 'left [1].txt' && echo new > sum.snap && ${CHECK}`

it('files that checks have left are kept, ignored or removed as a person says, and the result is what is shown', async () => {
  const { app, model, repo } = sum
  model.play({ rules: (TWO_ROUNDS.rules ?? []).filter(({ name }) => name !== 'ask for changes') })
  const { project, task } = await openCard(sum)
  await app.api.projects.update({ id: project.id, check_command: LEAVES })
  const { id } = await app.api.executions.start({ task_id: task.id })
  const { end, events } = await toTheEnd(app, id)
  expect(end.status).toBe('completed')
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'notice',
      text: expect.stringMatching(/^The checks left 3 files .*until you decide/),
    }),
  )
  const left = await app.api.executions.leftFiles({ id })
  const open = ['left [1].txt', 'out/', 'sum.snap']
  expect(left.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
    open.map((name) => ({ path: name, by: 'checks' })),
  )
  const settle = (how: 'keep' | 'ignore' | 'remove', ...paths: string[]) =>
    app.api.executions.settleLeftFiles({ id, paths, how })
  for (const name of ['sum.js', '../../x', '.git/config'])
    expect(await refusalOf(settle('remove', name))).toMatchObject({ detail: { error: 'NOT_LEFT' } })

  await settle('keep', 'sum.snap')
  await settle('ignore', 'left [1].txt')
  expect(await settle('remove', 'out/')).toEqual([])
  expect((await app.api.executions.diff({ id })).files.map((file) => file.path)).toEqual([
    'sum.js',
    'sum.snap',
  ])
  expect(await app.api.executions.get({ id })).toMatchObject({ files_changed: 2 })
  const place = end.workspace_path ?? ''
  expect((await stat(path.join(place, 'left [1].txt'))).isFile()).toBe(true)
  await expect(stat(path.join(place, 'out'))).rejects.toThrow()
  expect(await readFile(path.join(repo, '.git/info/exclude'), 'utf8')).toMatch(/^\/left \\\[1\\\]\.txt$/m)
  const [ref] = (await gitIn(repo, 'for-each-ref', '--format=%(refname)', `refs/rangers/${id}`))
    .split('\n')
    .filter((name) => name.includes('removed-'))
  expect(await gitIn(repo, 'show', `${ref}:out/report.txt`)).toBe('report')

  await app.api.executions.merge({ id })
  expect(await gitIn(repo, 'ls-tree', '-r', '--name-only', 'HEAD')).toBe(
    'package.json\nsum.js\nsum.snap\nsum.test.js',
  )
  expect(await app.api.executions.leftFiles({ id })).toEqual([])
})
