import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { makeRepository, writeFiles } from '../helpers/git-fixture.ts'
import { KEY, openCard, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import type { TestApp } from '../helpers/test-app.ts'
import { SUM_REPOSITORY, TWO_ROUNDS } from '../helpers/two-rounds.ts'

let sum: SumApp
let app: TestApp
eachOnSumApp((made) => {
  sum = made
  app = made.app
})

describe('what goes wrong is said, and loses nothing', () => {
  it('a wrong key: the execution fails with the next step, and Resume goes on when it is right', async () => {
    sum.model.play({ ...TWO_ROUNDS, apiKeys: ['another'] })
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(app, id)
    expect(end).toMatchObject({ status: 'failed', failure_kind: 'auth' })
    expect(end.error_message).toMatch(/key/i)
    expect(JSON.stringify(end)).not.toContain(KEY)
    sum.model.play(TWO_ROUNDS)
    await app.api.executions.resume({ id })
    expect((await toTheEnd(app, id, end.last_sequence)).end.status).toBe('completed')
  })

  it('an overloaded model is asked again, and the wait is shown', async () => {
    const busy = {
      match: { system: 'architect' },
      times: 2,
      reply: { error: { type: 'overloaded_error', status: 529 } },
    }
    sum.model.play({ rules: [busy, ...(TWO_ROUNDS.rules ?? [])] })
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { events, end } = await toTheEnd(app, id)
    expect(events.filter((event) => event.type === 'retry').map((event) => event.cause)).toEqual([
      'overloaded',
      'overloaded',
    ])
    expect(end.status).toBe('completed')
  })

  it('an empty repository: make a first commit', async () => {
    sum.repo = await makeRepository(path.join(sum.folder, 'empty'))
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { end } = await toTheEnd(app, id)
    expect(end).toMatchObject({ status: 'failed', failure_kind: 'workspace' })
    expect(end.error_message).toMatch(/first commit/)
  })

  it('a board without a folder: open one', async () => {
    const board = await app.api.boards.create({ name: 'No folder', template: 'development' })
    const [column] = (await app.api.boards.get({ id: board.id })).columns
    if (!column) throw new Error('no column')
    const task = await app.api.tasks.create({ board_id: board.id, column_id: column.id, title: 'Homeless' })
    const { id } = await app.api.executions.start({ task_id: task.id })
    expect((await toTheEnd(app, id)).end).toMatchObject({
      status: 'failed',
      error_message: expect.stringMatching(/folder/),
    })
  })

  it.each([
    ['no folder', 'PATH_NOT_FOUND', () => path.join(sum.folder, 'nowhere')],
    ['a file', 'NOT_A_FOLDER', () => path.join(sum.repo, 'sum.js')],
  ])('a path that is %s cannot be opened', async (_name, error, pathOf) => {
    const refusal = await refusalOf(app.api.projects.open({ path: pathOf() }))
    expect(refusal).toMatchObject({ code: 'BAD_REQUEST', detail: { error } })
    expect(await app.api.projects.list()).toEqual([])
  })

  it('a plain folder is worked on in a copy, and gets the result on merge', async () => {
    sum.repo = path.join(sum.folder, 'plain')
    await mkdir(sum.repo)
    await writeFiles(sum.repo, SUM_REPOSITORY)
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    expect((await toTheEnd(app, id)).end.status).toBe('completed')
    const seen = async () => {
      const { diff, patch, compareRounds } = app.api.executions
      return [await diff({ id }), await patch({ id, path: 'sum.js' }), await compareRounds({ id })]
    }
    const { workspace_path } = await app.api.executions.get({ id })
    const before = await seen()
    expect(before).toMatchObject([
      { files: [{ path: 'sum.js' }] },
      {},
      { diff: { files: [{ path: 'sum.js' }] } },
    ])
    await app.api.executions.merge({ id })
    expect(await readFile(path.join(sum.repo, 'sum.js'), 'utf8')).toContain('Number(a)')
    // The copy is gone, and what is shown is the same: also to two that ask at once.
    const [merged, again] = await Promise.all([seen(), seen()])
    expect(merged).toEqual(before)
    expect(again).toEqual(before)
    expect(await app.api.executions.previewRevertMerge({ id })).toMatchObject({
      state: 'ready',
      commits: 0,
      files: ['sum.js'],
    })
    expect(await app.api.executions.revertMerge({ id })).toMatchObject({ commit: null, base_branch: 'plain' })
    expect(await readFile(path.join(sum.repo, 'sum.js'), 'utf8')).not.toContain('Number(a)')
    expect((await app.api.executions.diff({ id })).files).toMatchObject([{ path: 'sum.js' }])
    await app.api.executions.merge({ id })
    expect(await readFile(path.join(sum.repo, 'sum.js'), 'utf8')).toContain('Number(a)')
    expect((await app.api.executions.diff({ id })).files).toMatchObject([{ path: 'sum.js' }])
    await rm(path.join(path.dirname(workspace_path ?? ''), 'kept'), { recursive: true })
    expect((await refusalOf(app.api.executions.diff({ id }))).detail).toMatchObject({
      error: 'WORK_ELSEWHERE',
      message: expect.stringContaining('what was kept of the work is not in'),
    })
  })

  it('a second start while agents work is refused', async () => {
    sum.model.play({ default: { hang: true } })
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    expect(await refusalOf(app.api.executions.start({ task_id: task.id }))).toMatchObject({
      code: 'PRECONDITION_FAILED',
      detail: { error: 'EXECUTION_ACTIVE' },
    })
    await app.api.executions.cancel({ id })
  })

  it('the key reaches neither the database nor the log', async () => {
    sum.model.play({
      rules: [
        { match: { system: 'architect' }, reply: { text: `The key is ${KEY}.` } },
        ...(TWO_ROUNDS.rules ?? []),
      ],
    })
    const { task } = await openCard(sum)
    const { id } = await app.api.executions.start({ task_id: task.id })
    const { events } = await toTheEnd(app, id)
    expect(JSON.stringify(events)).toContain('[redacted]')
    expect(JSON.stringify([events, await app.api.executions.get({ id })])).not.toContain(KEY)
  })
})
