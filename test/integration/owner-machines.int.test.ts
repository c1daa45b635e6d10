import { once } from 'node:events'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProviders } from '#electron/providers/registry.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import { type ExecutionStatus, isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { urlOf } from '../helpers/database-url.ts'
import { gitIn, makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { buildRangers, type RangersPrograms, startRangers } from '../helpers/rangers-program.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { SUM_REPOSITORY, TWO_ROUNDS } from '../helpers/two-rounds.ts'

/** Two computers with one database: `one` is a process of its own, with folders that are gone when it is; `two` is here. */
const KEY = 'sk-ant-test-0123456789'
const LEASE = { RANGERS_LEASE_SECONDS: '4' }
/** The fix of the second round never comes to its end. */
const STUCK = {
  match: { system: 'a reviewer has looked' },
  turns: [{ text: 'Hm', stall: { afterEvents: 5 } }],
}
const rules = TWO_ROUNDS.rules ?? []

let programs: RangersPrograms
let model: FakeModelServer
let two: TestApp
let folder: { path: string; remove: () => Promise<void> }

beforeAll(async () => {
  programs = await buildRangers()
  folder = await temporaryFolder()
  model = await startFakeModelServer()
  two = await openTestApp({
    env: LEASE,
    providers: createProviders({
      credentials: { key: () => KEY },
      baseUrl: model.url,
      delay: async () => {},
    }),
  })
})
afterAll(async () => {
  await two[Symbol.asyncDispose]()
  await model.close()
  await folder.remove()
  await programs.remove()
})

it('what a computer that died has begun goes on at another path of another one, and no finished step is done again', async () => {
  const one = path.join(folder.path, 'one')
  const repo = await makeRepository(path.join(one, 'sum'), SUM_REPOSITORY)
  const clone = path.join(folder.path, 'two', 'clone')
  await gitIn(folder.path, 'clone', '--quiet', repo, clone)
  const other = await makeRepository(path.join(folder.path, 'two', 'other'), { 'a.txt': 'a' })

  model.play({ rules: [STUCK, ...rules] })
  const env = {
    ...LEASE,
    DATABASE_URL: urlOf(two.connection),
    RANGERS_DATA_DIR: path.join(one, 'data'),
    ANTHROPIC_BASE_URL: model.url,
    ANTHROPIC_API_KEY: KEY,
  }
  const running = startRangers(programs, env, ['run', '--repo', repo, '--title', 'Mend the sum', '--json'])
  await running.said('"delta":"Hm"')
  const id = JSON.parse(running.lines[0] ?? '{}').execution_id as ExecutionId
  const atWork = await two.api.executions.get({ id })
  expect(atWork.status).toBe('running')
  const finished = atWork.steps.filter((step) => step.status === 'completed')
  expect(finished.map((step) => step.phase)).toEqual(['clarity', 'architecture', 'development', 'review'])

  running.process.kill('SIGKILL')
  await once(running.process, 'close')
  const away = path.join(folder.path, 'away')
  await rename(one, away)
  await reached(id, ['interrupted'])

  // Nothing of it is here: it stays interrupted, and says why.
  const board = await two.api.boards.get({ id: atWork.board_id })
  const project = board.project?.id
  if (!project) throw new Error('the board has no project')
  expect(await two.api.projects.place({ id: project })).toMatchObject({ state: 'elsewhere', path: repo })
  await expect(two.api.executions.resume({ id })).rejects.toThrow(
    `there is no ${repo}. Choose where it is here`,
  )
  await expect(two.api.projects.locate({ id: project, path: other })).rejects.toThrow(
    'has none of the commits that agents on “sum” began from',
  )
  await two.api.projects.locate({ id: project, path: clone })
  expect((await two.api.boards.get({ id: atWork.board_id })).project?.path).toBe(clone)

  // The folder is here, but what the developer has made is not.
  await expect(two.api.executions.resume({ id })).rejects.toThrow(
    `Push the branch “${atWork.branch}” from the computer that has it and fetch it here, then resume`,
  )
  await expect(two.api.executions.diff({ id })).rejects.toThrow('This result is not on this computer')
  expect((await two.api.executions.get({ id })).status).toBe('interrupted')

  // It could be started over here; the earlier run stays, and can be gone on with.
  model.play({ default: { hang: true } })
  const anew = await two.api.executions.startOver({ id })
  expect(anew).toMatchObject({
    task_id: atWork.task_id,
    workflow_type: atWork.workflow_type,
    model: atWork.model,
  })
  await two.api.executions.cancel({ id: anew.id })
  expect((await two.api.executions.list({ task_id: atWork.task_id })).map((one) => one.id)).toEqual([
    anew.id,
    id,
  ])

  await gitIn(clone, 'fetch', '--quiet', path.join(away, 'sum'), `${atWork.branch}:refs/remotes/one/work`)
  model.play({ rules: rules.filter(({ name }) => name !== 'ask for changes') })
  await two.api.executions.resume({ id })
  await reached(id, ['completed', 'failed', 'blocked'])
  const end = await two.api.executions.get({ id })
  expect([end.status, end.error_message]).toEqual(['completed', null])
  expect(end.steps.slice(0, finished.length)).toEqual(finished)
  expect(end.steps.filter((step) => step.phase === 'development')).toHaveLength(1)
  expect(await gitIn(clone, 'show', `${end.branch}:sum.js`)).toContain('Number(a)')
  expect(end.workspace_path).toContain(two.dataFolder)
}, 90_000)

async function reached(id: ExecutionId, statuses: readonly ExecutionStatus[]): Promise<void> {
  const now = await two.api.executions.get({ id })
  if (statuses.includes(now.status)) return
  for await (const { body } of followExecution(two.ctx, id, now.last_sequence, AbortSignal.timeout(60_000)))
    if (body.type === 'status' && (statuses.includes(body.status) || !isActive(body.status))) return
}
