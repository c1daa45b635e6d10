import { appendFile, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findTagged } from '#electron/platform/process-table.ts'
import { openSandbox } from '#electron/platform/sandbox.ts'
import { createProviders } from '#electron/providers/registry.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import { type ExecutionDetail, isActive } from '#shared/execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { UpdateProject } from '#shared/project.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { refusalOf } from '../helpers/factories.ts'
import { gitIn, makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { APPROVED, CHANGES, SUM_REPOSITORY } from '../helpers/two-rounds.ts'
import { WRONG_THEN_RIGHT } from '../helpers/wrong-then-right.ts'

const KEY = 'sk-ant-test-0123456789'
let model: FakeModelServer
let app: TestApp
let folder: { path: string; remove: () => Promise<void> }
let repo: string

beforeEach(async () => {
  folder = await temporaryFolder()
  repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
  model = await startFakeModelServer({ scenario: WRONG_THEN_RIGHT })
  app = await openTestApp({
    env: { ANTHROPIC_API_KEY: KEY },
    providers: createProviders({
      credentials: { key: () => KEY },
      baseUrl: model.url,
      delay: async (_ms, signal) => signal.throwIfAborted(),
    }),
  })
})
afterEach(async () => {
  await app[Symbol.asyncDispose]()
  await model.close()
  await folder.remove()
})

async function startCard(commands: Omit<UpdateProject, 'id'>, card: { acceptance_criteria?: string } = {}) {
  const { board, project } = await app.api.projects.open({ path: repo })
  await app.api.projects.update({ id: project.id, ...commands })
  await app.api.boards.update({ id: board.id, settings: { clarity: false } })
  const { columns } = await app.api.boards.get({ id: board.id })
  const column_id = columns[0]?.id
  if (!column_id) throw new Error('no column')
  const task = await app.api.tasks.create({ board_id: board.id, column_id, title: 'Mend the sum', ...card })
  const { id } = await app.api.executions.start({ task_id: task.id, provider: 'anthropic' })
  return { id, board, project, task }
}

async function toTheEnd(
  id: ExecutionId,
  after = 0,
): Promise<{ events: ExecutionEventBody[]; end: ExecutionDetail }> {
  const events: ExecutionEventBody[] = []
  for await (const { body } of followExecution(app.ctx, id, after, AbortSignal.timeout(25_000))) {
    events.push(body)
    if (body.type === 'status' && !isActive(body.status)) break
  }
  await app.ctx.orchestrator.settled(id)
  return { events, end: await app.api.executions.get({ id }) }
}

const noticesOf = (events: readonly ExecutionEventBody[]) =>
  events.flatMap((event) => (event.type === 'notice' ? [event.text] : []))

describe('checks', () => {
  it('that fail end the round as findings, without a review that is paid for', async () => {
    const { id } = await startCard({ lint_command: 'true', check_command: 'npm test' })
    const { events, end } = await toTheEnd(id)
    expect(end.steps.map(({ phase, iteration, checks }) => [phase, iteration, checks])).toEqual([
      ['architecture', 1, null],
      ['development', 1, 'failed'],
      ['fix', 2, 'passed'],
      ['review', 2, null],
    ])
    expect(end.status).toBe('completed')
    const checks = await app.api.executions.checks({ id })
    expect(checks.map(({ kind, status, exit_code }) => [kind, status, exit_code])).toEqual([
      ['lint', 'passed', 0],
      ['test', 'failed', 1],
      ['lint', 'passed', 0],
      ['test', 'failed', 1],
      ['lint', 'passed', 0],
      ['test', 'passed', 0],
    ])
    // The first two tell how it was before.
    expect(checks.map(({ step_id }) => end.steps.findIndex((step) => step.id === step_id))).toEqual([
      -1, -1, 1, 1, 2, 2,
    ])
    expect(checks[3]?.output).toContain('# fail 1')
    // The next round is given what the checks said, whatever the agent claimed.
    const fix = model.requests.find((request) =>
      JSON.stringify(request.body).includes('a reviewer has looked'),
    )
    const asked = JSON.stringify(fix?.body)
    expect(asked).toContain('Source: checks')
    expect(asked).toContain('# fail 1')
    // The log says who runs them.
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'tool',
        name: 'host_check',
        title: 'Tests by the app: npm test',
        status: 'failed',
      }),
    )
  })

  it('do not run where the project names none', async () => {
    const { id } = await startCard({ check_command: null })
    const { end } = await toTheEnd(id)
    expect(end.steps.map((step) => step.checks)).toEqual([null, null, null])
    expect(await app.api.executions.checks({ id })).toEqual([])
  })

  it('what they change in files of the project is put back, kept and said', async () => {
    const { id } = await startCard({ check_command: 'echo formatted >> sum.test.js && echo left > left.txt' })
    const { events, end } = await toTheEnd(id)
    const diff = await app.api.executions.diff({ id })
    expect(diff.files.map((file) => file.path)).not.toContain('sum.test.js')
    const said = noticesOf(events).find((text) => text.includes('sum.test.js')) ?? ''
    expect(said).toContain('put back')
    const ref = /refs\/rangers\/\S+?(?=\.$)/.exec(said)?.[0] ?? ''
    expect(await gitIn(repo, 'show', `${ref}:sum.test.js`)).toContain('formatted')
    expect(noticesOf(events).some((text) => text.includes('left.txt'))).toBe(true)
    expect(end.status).toBe('completed')
  })

  it('with which the app was killed leave no work of theirs either: it is put back, kept and said at the next start', async () => {
    const { id, project } = await startCard({
      check_command: 'echo formatted >> sum.test.js; echo begun; sleep 300',
    })
    for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(20_000)))
      if (body.type === 'tool_output' && body.delta.includes('begun')) break
    const place = (await app.api.executions.get({ id })).workspace_path ?? ''
    const guard = await readFile(`${place}.guard.json`, 'utf8')
    await app.api.executions.cancel({ id })
    await app.ctx.orchestrator.settled(id)
    expect(await readFile(path.join(place, 'sum.test.js'), 'utf8')).not.toContain('formatted')
    await expect(stat(`${place}.guard.json`)).rejects.toThrow()
    // As a killed app leaves it, which puts nothing back.
    await writeFile(`${place}.guard.json`, guard)
    await appendFile(path.join(place, 'sum.test.js'), 'formatted\n')
    await app.api.projects.update({ id: project.id, check_command: null })
    const { last_sequence } = await app.api.executions.get({ id })
    await app.api.executions.resume({ id })
    const { events, end } = await toTheEnd(id, last_sequence)
    expect(end.status).toBe('completed')
    expect((await app.api.executions.diff({ id })).files.map((file) => file.path)).not.toContain(
      'sum.test.js',
    )
    const said = noticesOf(events).find((text) => text.includes('put back')) ?? ''
    const ref = /refs\/rangers\/\S+?(?=\.$)/.exec(said)?.[0] ?? ''
    expect(await gitIn(repo, 'show', `${ref}:sum.test.js`)).toContain('formatted')
  })

  it('are ended with all that they started when the agents are cancelled', async () => {
    const { id } = await startCard({ check_command: 'sleep 300 & echo begun; sleep 300' })
    for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(20_000)))
      if (body.type === 'tool_output' && body.delta.includes('begun')) break
    await app.api.executions.cancel({ id })
    await app.ctx.orchestrator.settled(id)
    expect(await findTagged('RANGERS_EXECUTION_ID', id)).toEqual([])
    const [check] = (await app.api.executions.checks({ id })).filter(({ kind }) => kind === 'test')
    expect(check).toMatchObject({ kind: 'test', status: 'cancelled', exit_code: null })
    expect((await app.api.executions.get({ id })).status).toBe('cancelled')
  })

  it('the key is blotted out of what they print', async () => {
    const { id } = await startCard({ check_command: `echo the key is ${KEY}` })
    await toTheEnd(id)
    const checks = await app.api.executions.checks({ id })
    expect(checks.map((check) => check.output)).toEqual(
      Array(2).fill(expect.stringContaining('the key is [redacted]')),
    )
  })
})

describe('the set-up', () => {
  it('runs once in a new workspace, before the first step that edits', async () => {
    const { id } = await startCard({
      setup_command: 'echo once >> "$(git rev-parse --git-dir)/set-up.log"',
      check_command: 'npm test',
    })
    const { end } = await toTheEnd(id)
    const setups = (await app.api.executions.checks({ id })).filter(({ kind }) => kind === 'setup')
    expect(setups.map(({ status, step_id }) => [status, step_id])).toEqual([['passed', end.steps[1]?.id]])
    const git = await gitIn(end.workspace_path ?? '', 'rev-parse', '--absolute-git-dir')
    expect(await readFile(path.join(git, 'set-up.log'), 'utf8')).toBe('once\n')
  })

  it('that fails ends the execution before anything is paid for, and Resume tries again', async () => {
    const { id, project } = await startCard({ setup_command: 'echo no such package; exit 3' })
    const { end } = await toTheEnd(id)
    expect(end).toMatchObject({ status: 'failed', failure_kind: 'workspace' })
    expect(end.error_message).toContain('ended with exit code 3')
    const calls = model.requests.length
    expect(JSON.stringify(model.requests.map((request) => request.body))).not.toContain(
      'You are the developer',
    )
    await app.api.projects.update({ id: project.id, setup_command: 'true' })
    await app.api.executions.resume({ id })
    for await (const { body } of followExecution(app.ctx, id, end.last_sequence, AbortSignal.timeout(25_000)))
      if (body.type === 'status' && !isActive(body.status)) break
    expect((await app.api.executions.get({ id })).status).toBe('completed')
    expect(model.requests.length).toBeGreaterThan(calls)
  })
})

/** Skipped, visibly, where the system offers no sandbox. */
const hasSandbox = (await openSandbox({ mode: 'auto' }).kind()) !== 'none'

it.runIf(hasSandbox)('trap: a set-up runs in the sandbox once agents have changed what it runs', async () => {
  const ran = path.join(folder.path, 'ran.txt')
  const { id, task } = await startCard({
    setup_command: `echo ran >> '${ran}' || true`,
    check_command: 'npm test',
  })
  expect((await toTheEnd(id)).end.status).toBe('completed')
  expect(await readFile(ran, 'utf8')).toBe('ran\n')
  model.play({
    rules: [
      { match: { system: 'You are the reviewer' }, times: 1, reply: { json: CHANGES } },
      { match: { system: 'You are the reviewer' }, reply: { json: APPROVED } },
      { reply: { text: 'Nothing to do.' } },
    ],
  })
  const again = await app.api.executions.start({
    task_id: task.id,
    workflow_type: 'review_only',
    provider: 'anthropic',
  })
  const { end } = await toTheEnd(again.id) // it asks for a change, and waits
  await app.api.executions.resume({ id: again.id })
  const { events } = await toTheEnd(again.id, end.last_sequence)
  const titles = events.flatMap((event) => (event.type === 'tool' ? [event.title] : []))
  expect(titles.filter((title) => title.startsWith('Set-up by the app, in the sandbox'))).not.toEqual([])
  expect(await readFile(ran, 'utf8')).toBe('ran\n')
})

it('a developer is given a briefing, which is kept with the step', async () => {
  const { id } = await startCard(
    { check_command: 'npm test' },
    { acceptance_criteria: '- [ ] `sum(1, 2)` is 3' },
  )
  const { end } = await toTheEnd(id)
  const [plan, development, fix, review] = end.steps
  expect([plan?.briefing, review?.briefing]).toEqual([null, null])
  expect(development?.briefing).toContain('- `sum.js`: Defines `sum`. Named on the card or in the plan.')
  expect(development?.briefing).toContain('- `sum.test.js`')
  expect(development?.briefing).toContain('- [ ] `sum(1, 2)` is 3')
  expect(development?.briefing).toContain('`npm test`')
  expect(fix?.briefing).toContain('The test command “npm test” ended with exit code 1.')
  const asked = model.requests.map((request) => JSON.stringify(request.body))
  expect(
    asked.some((body) => body.includes('<briefing>') && body.includes('You are the developer. Carry')),
  ).toBe(true)
})

describe('running the project', () => {
  it('starts it in the workspace, once, shows what it prints, and stops all of it', async () => {
    const { id } = await startCard({
      run_command: 'cat sum.js; sleep 300 & sleep 300',
      check_command: 'npm test',
    })
    await toTheEnd(id)
    const started = await app.api.executions.runProject({ id })
    expect(started).toMatchObject({ kind: 'run', status: 'running', step_id: null })
    expect(await refusalOf(app.api.executions.runProject({ id }))).toMatchObject({
      detail: { error: 'RUNS_ALREADY' },
    })
    await expect
      .poll(async () => (await app.api.executions.checks({ id })).at(-1)?.output, { timeout: 10_000 })
      .toContain('a + b')
    await app.api.executions.stopProject({ id })
    expect((await app.api.executions.checks({ id })).at(-1)).toMatchObject({
      kind: 'run',
      status: 'cancelled',
    })
    expect(await findTagged('RANGERS_EXECUTION_ID', `project-${id}`)).toEqual([])
    await app.api.executions.stopProject({ id }) // nothing to stop is no mistake
  })

  it('is refused with the next step where there is no command, and ends with the merge', async () => {
    const { id, project } = await startCard({ check_command: 'npm test' })
    await toTheEnd(id)
    expect(await refusalOf(app.api.executions.runProject({ id }))).toMatchObject({
      detail: { error: 'NO_RUN_COMMAND' },
    })
    await app.api.projects.update({ id: project.id, run_command: 'sleep 300' })
    await app.api.executions.runProject({ id })
    await app.api.executions.merge({ id })
    expect((await app.api.executions.checks({ id })).at(-1)).toMatchObject({
      kind: 'run',
      status: 'cancelled',
    })
    expect(await refusalOf(app.api.executions.runProject({ id }))).toMatchObject({
      detail: { error: 'NO_WORKSPACE' },
    })
  })
})
