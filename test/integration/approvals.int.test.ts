import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProviders } from '#electron/providers/registry.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import type { ApprovalItem } from '#shared/approval.ts'
import { type ExecutionDetail, type ExecutionStatus, isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { PermissionMode } from '#shared/policy.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { refusalOf } from '../helpers/factories.ts'
import { makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { APPROVED, SUM_REPOSITORY } from '../helpers/two-rounds.ts'

const KEY = 'sk-ant-test-0123456789'
const tool = 'str_replace_based_edit_tool'
const edit = { command: 'str_replace', path: 'sum.js', old_str: 'a - b', new_str: 'a + b' }

let model: FakeModelServer
let app: TestApp
let folder: { path: string; remove: () => Promise<void> }

beforeEach(async () => {
  folder = await temporaryFolder()
  model = await startFakeModelServer()
  app = await openTestApp({
    env: { ANTHROPIC_API_KEY: KEY, RANGERS_PERMISSION_MODE: 'ask' },
    providers: providers(),
  })
})
afterEach(async () => {
  await app[Symbol.asyncDispose]()
  await model.close()
  await folder.remove()
})

function providers() {
  return createProviders({
    credentials: { key: () => KEY },
    baseUrl: model.url,
    delay: async (_ms, signal) => signal.throwIfAborted(),
  })
}

/** A developer that calls these tools, one a turn, and a reviewer that approves. */
function develop(...tools: { name: string; input: unknown }[]) {
  model.play({
    rules: [
      {
        match: { system: 'developer' },
        turns: [...tools.map((one) => ({ tools: [one] })), { text: 'Done.' }],
      },
      { match: { system: 'reviewer' }, reply: { json: APPROVED } },
    ],
  })
}

async function start(mode?: PermissionMode) {
  const repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
  const { board } = await app.api.projects.open({ path: repo })
  const settings = { ...board.settings, clarity: false, ...(mode ? { permission_mode: mode } : {}) }
  await app.api.boards.update({ id: board.id, settings })
  const { columns } = await app.api.boards.get({ id: board.id })
  const column = columns[0]
  if (!column) throw new Error('no column')
  const task = await app.api.tasks.create({ board_id: board.id, column_id: column.id, title: 'Mend' })
  const { id } = await app.api.executions.start({ task_id: task.id, workflow_type: 'quick_development' })
  return { id, board, task, repo }
}

async function status(id: ExecutionId, wanted: ExecutionStatus): Promise<void> {
  for await (const _ of followExecution(app.ctx, id, 0, AbortSignal.timeout(20_000)))
    if ((await app.api.executions.get({ id })).status === wanted) return
  throw new Error(`it never became ${wanted}`)
}

async function asked(count = 1): Promise<ApprovalItem[]> {
  for await (const { pending } of await app.api.approvals.onChange()) {
    if (pending >= count) return app.api.approvals.list({})
  }
  throw new Error('nothing was asked')
}
const one = async () => {
  const [item] = await asked()
  if (!item) throw new Error('nothing was asked')
  return item
}

async function toTheEnd(id: ExecutionId): Promise<ExecutionDetail> {
  for await (const { body } of followExecution(app.ctx, id, 0, AbortSignal.timeout(25_000)))
    if (body.type === 'status' && !isActive(body.status)) break
  await app.ctx.orchestrator.settled(id)
  return app.api.executions.get({ id })
}

const resultSeen = () => {
  const content = model.requests.at(-2)?.body?.messages.at(-1)?.content
  return JSON.stringify(content)
}

describe('an agent that may not do something by itself', () => {
  it('waits for a person, is shown as waiting, and goes on with what they allow', async () => {
    develop({ name: tool, input: edit })
    const { id, task } = await start()
    await status(id, 'awaiting_approval')
    const item = await one()
    expect(item).toMatchObject({
      execution_id: id,
      task_id: task.id,
      kind: 'permission',
      tool,
      tool_kind: 'edit',
      title: 'Edit sum.js',
      detail:
        '--- sum.js\n+++ sum.js\n@@ -1,1 +1,1 @@\n-export const sum = (a, b) => a - b\n+export const sum = (a, b) => a + b\n',
      paths: ['sum.js'],
      status: 'pending',
      task_title: 'Mend',
      proposed_rules: [{ target: 'path', pattern: 'sum.js' }],
    })
    const calls = model.requests.length
    expect((await app.api.notifications.list({})).map(({ kind, body }) => [kind, body])).toEqual([
      ['needs_input', 'Edit sum.js'],
    ])
    const answered = await app.api.approvals.answer({ id: item.id, approve: true })
    expect(answered).toMatchObject({ status: 'approved', remember: 'once' })
    const ended = await toTheEnd(id)
    expect(ended).toMatchObject({ status: 'completed', files_changed: 1 })
    expect(model.requests.length).toBeGreaterThan(calls) // and not one while it waited
    expect(await app.api.approvals.list({})).toEqual([])
    expect((await app.api.notifications.list({ unread_only: true })).map(({ kind }) => kind)).toEqual([
      'finished',
    ])
  })

  it('is told with how long it waited, which is no time of its work', async () => {
    develop(
      { name: tool, input: edit },
      { name: tool, input: { ...edit, old_str: 'a + b', new_str: 'b + a' } },
    )
    const { id } = await start()
    for (const count of [1, 2]) {
      const item = await one()
      const { steps, waits } = await app.api.executions.get({ id })
      expect(waits).toHaveLength(count)
      expect(waits.at(-1)).toEqual({ from: item.created_at, until: null })
      expect(steps.flatMap((step) => step.waits)).toEqual(waits)
      const [running] = await app.api.executions.running()
      expect(running).toMatchObject({ waits, steps: [{ status: 'running', waits }] })
      await app.api.approvals.answer({ id: item.id, approve: true })
    }
    const { waits, steps } = await toTheEnd(id)
    const answered = await app.api.approvals.list({ answered: true })
    const known = answered.map(({ created_at, answered_at }) => ({ from: created_at, until: answered_at }))
    expect(waits).toEqual(known.reverse())
    expect(steps.map((step) => step.waits.length)).toEqual([2, 0])
  })

  it('is told what a person who refuses says, and may do something else', async () => {
    develop({ name: tool, input: edit })
    const { id } = await start()
    const item = await one()
    await app.api.approvals.answer({ id: item.id, approve: false, message: 'Use a helper.' })
    expect(await toTheEnd(id)).toMatchObject({ files_changed: 0 })
    expect(resultSeen()).toContain('A person refused this. They say: Use a helper.')
  })

  it('is answered from another app on the same database', async () => {
    develop({ name: tool, input: edit })
    const { id } = await start()
    const item = await one()
    await using other = await openTestApp({ beside: app, providers: providers() })
    expect(await other.api.approvals.list({})).toHaveLength(1)
    await other.api.approvals.answer({ id: item.id, approve: true })
    expect(await toTheEnd(id)).toMatchObject({ status: 'completed' })
  })

  it('can be cancelled while it waits, and its question leaves the inbox', async () => {
    develop({ name: tool, input: edit })
    const { id } = await start()
    const item = await one()
    const before = performance.now()
    expect(await app.api.executions.cancel({ id })).toMatchObject({ status: 'cancelled' })
    expect(performance.now() - before).toBeLessThan(5000)
    expect(await app.api.approvals.list({})).toEqual([])
    const refused = refusalOf(app.api.approvals.answer({ id: item.id, approve: true }))
    expect(await refused).toMatchObject({ detail: { error: 'ALREADY_ANSWERED' } })
  })

  it('takes one answer: the first', async () => {
    develop({ name: tool, input: edit })
    const { id } = await start()
    const item = await one()
    const answers = await Promise.allSettled([
      app.api.approvals.answer({ id: item.id, approve: true }),
      app.api.approvals.answer({ id: item.id, approve: false }),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
    await toTheEnd(id)
  })
})

describe('remembered answers', () => {
  it('hold for this execution, and for no other', async () => {
    const again = { command: 'str_replace', path: 'sum.js', old_str: 'a + b', new_str: 'b + a' }
    develop({ name: tool, input: edit }, { name: tool, input: again })
    const { id, board, repo } = await start()
    await app.api.approvals.answer({ id: (await one()).id, approve: true, remember: 'execution' })
    expect(await toTheEnd(id)).toMatchObject({ status: 'completed', files_changed: 1 })
    expect(await app.api.policies.list({ board_id: board.id })).toMatchObject([
      { effect: 'allow', target: 'path', pattern: 'sum.js', source: 'answer', execution_id: id },
    ])
    expect(await readFile(path.join(repo, 'sum.js'), 'utf8')).toContain('a - b')
  })

  it('hold for the board until they are revoked', async () => {
    develop(
      { name: 'run_command', input: { command: 'echo hello > greeting.txt; ls' } },
      { name: 'run_command', input: { command: 'ls -a' } },
    )
    const { id, board } = await start('edits')
    const first = await one()
    expect(first).toMatchObject({
      tool_kind: 'execute',
      detail: 'echo hello > greeting.txt; ls',
      proposed_rules: [],
    })
    const refused = refusalOf(app.api.approvals.answer({ id: first.id, approve: true, remember: 'always' }))
    expect(await refused).toMatchObject({ detail: { error: 'NO_RULE' } })
    await app.api.approvals.answer({ id: first.id, approve: true })
    const second = await one()
    expect(second.proposed_rules).toEqual([{ target: 'command', pattern: 'ls -a' }])
    await app.api.approvals.answer({ id: second.id, approve: true, remember: 'always' })
    await toTheEnd(id)
    const [rule] = await app.api.policies.list({ board_id: board.id })
    if (!rule) throw new Error('no rule')
    expect(rule).toMatchObject({ pattern: 'ls -a', execution_id: null })
    expect(await app.api.policies.remove({ id: rule.id })).toEqual(rule)
    expect(await app.api.policies.list({ board_id: board.id })).toEqual([])
  })
})

it('a board without a mode of its own has that of the app, which says where it is from', async () => {
  expect(await app.api.policies.defaultMode()).toEqual({ mode: 'ask', source: 'environment' })
  await using other = await openTestApp({ beside: app, env: { RANGERS_PERMISSION_MODE: '' } })
  expect(await other.api.policies.defaultMode()).toEqual({ mode: 'ask', source: 'built_in' })
})

it('a rule by hand is refused with a sentence when it cannot be one', async () => {
  const { board } = await app.api.boards.create({ name: 'B' }).then((made) => ({ board: made }))
  const rule = { board_id: board.id, effect: 'allow', target: 'command' } as const
  const refused = refusalOf(app.api.policies.create({ ...rule, pattern: 'npm test && **' }))
  expect(await refused).toMatchObject({ detail: { error: 'BAD_PATTERN' } })
  const made = await app.api.policies.create({ ...rule, pattern: 'npm test **' })
  expect(await app.api.policies.create({ ...rule, pattern: 'npm test **' })).toEqual(made)
})
