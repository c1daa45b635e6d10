import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openAgentAtWork } from '../helpers/agent-at-work.ts'
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

it('a repository that an agent has put into the work is said and decided about, once', async () => {
  await using work = await openAgentAtWork({
    env: { RANGERS_PERMISSION_MODE: 'full', RANGERS_AGENT_SANDBOX: 'off' },
  })
  const as = '-c user.name=Ada -c user.email=ada@example.test'
  const id = await work.start([
    {
      name: 'run_command',
      input: {
        command: [
          'mkdir -p vendor/lib/deep empty && cd vendor/lib && git init -q . && echo a > a.txt',
          `git add -A && git ${as} commit -q -m theirs && cd deep && git init -q . && echo b > b.txt`,
          'cd ../../../empty && git init -q . && cd .. && echo mine > mine.txt',
        ].join(' && '),
      },
    },
  ])
  const { execution, events } = await work.end(id)
  expect(execution).toMatchObject({ status: 'completed', files_changed: 3 })
  const told = events.flatMap((event) => (event.type === 'notice' ? [event.text] : []))
  expect(told.filter((text) => text.includes('vendor/lib/'))).toEqual([
    expect.stringMatching(
      /^The agent has put a repository of its own .* vendor\/lib\/ with 2 files\. .*until you decide/,
    ),
  ])
  const { leftFiles, settleLeftFiles, diff } = work.app.api.executions
  expect(await leftFiles({ id })).toEqual([{ path: 'vendor/lib/', by: 'agents' }])
  expect(await settleLeftFiles({ id, paths: ['vendor/lib/'], how: 'ignore' })).toEqual([])
  expect((await diff({ id })).files.map((file) => file.path)).toEqual(['mine.txt'])
  expect((await stat(path.join(execution.workspace_path ?? '', 'vendor/lib/a.txt'))).isFile()).toBe(true)
})
