import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSandbox } from '#electron/platform/sandbox.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import { isActive } from '#shared/execution.ts'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { startCard } from '../helpers/started-card.ts'
import { type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import type { TestApp } from '../helpers/test-app.ts'
import { APPROVED, CHANGES } from '../helpers/two-rounds.ts'
import { WRONG_THEN_RIGHT } from '../helpers/wrong-then-right.ts'

let sum: SumApp
let app: TestApp
eachOnSumApp(
  (made) => {
    sum = made
    app = made.app
  },
  { scenario: WRONG_THEN_RIGHT },
)

describe('the set-up', () => {
  it('runs once in a new workspace, before the first step that edits', async () => {
    const { id } = await startCard(sum, {
      setup_command: 'echo once >> "$(git rev-parse --git-dir)/set-up.log"',
      check_command: 'npm test',
    })
    const { end } = await toTheEnd(app, id)
    const setups = (await app.api.executions.checks({ id })).filter(({ kind }) => kind === 'setup')
    expect(setups.map(({ status, step_id }) => [status, step_id])).toEqual([['passed', end.steps[1]?.id]])
    const git = await gitIn(end.workspace_path ?? '', 'rev-parse', '--absolute-git-dir')
    expect(await readFile(path.join(git, 'set-up.log'), 'utf8')).toBe('once\n')
  })

  it('that fails ends the execution before anything is paid for, and Resume tries again', async () => {
    const { id, project } = await startCard(sum, { setup_command: 'echo no such package; exit 3' })
    const { end } = await toTheEnd(app, id)
    expect(end).toMatchObject({ status: 'failed', failure_kind: 'workspace' })
    expect(end.error_message).toContain('ended with exit code 3')
    const calls = sum.model.requests.length
    expect(JSON.stringify(sum.model.requests.map((request) => request.body))).not.toContain(
      'You are the developer',
    )
    await app.api.projects.update({ id: project.id, setup_command: 'true' })
    await app.api.executions.resume({ id })
    for await (const { body } of followExecution(app.ctx, id, end.last_sequence, AbortSignal.timeout(25_000)))
      if (body.type === 'status' && !isActive(body.status)) break
    expect((await app.api.executions.get({ id })).status).toBe('completed')
    expect(sum.model.requests.length).toBeGreaterThan(calls)
  })
})

/** Skipped, visibly, where the system offers no sandbox. */
const hasSandbox = (await openSandbox({ mode: 'auto' }).kind()) !== 'none'

it.runIf(hasSandbox)('trap: a set-up runs in the sandbox once agents have changed what it runs', async () => {
  const ran = path.join(sum.folder, 'ran.txt')
  const { id, task } = await startCard(sum, {
    setup_command: `echo ran >> '${ran}' || true`,
    check_command: 'npm test',
  })
  expect((await toTheEnd(app, id)).end.status).toBe('completed')
  expect(await readFile(ran, 'utf8')).toBe('ran\n')
  sum.model.play({
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
  const { end } = await toTheEnd(app, again.id) // it asks for a change, and waits
  await app.api.executions.resume({ id: again.id })
  const { events } = await toTheEnd(app, again.id, end.last_sequence)
  const titles = events.flatMap((event) => (event.type === 'tool' ? [event.title] : []))
  expect(titles.filter((title) => title.startsWith('Set-up by the app, in the sandbox'))).not.toEqual([])
  expect(await readFile(ran, 'utf8')).toBe('ran\n')
})
