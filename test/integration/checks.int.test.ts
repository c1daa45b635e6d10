import { appendFile, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { findTagged } from '#electron/platform/process-table.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { startCard } from '../helpers/started-card.ts'
import { KEY, type SumApp, toTheEnd } from '../helpers/sum-app.ts'
import type { TestApp } from '../helpers/test-app.ts'
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

const noticesOf = (events: readonly ExecutionEventBody[]) =>
  events.flatMap((event) => (event.type === 'notice' ? [event.text] : []))

describe('checks', () => {
  it('that fail end the round as findings, without a review that is paid for', async () => {
    const { id } = await startCard(sum, { lint_command: 'true', check_command: 'npm test' })
    const { events, end } = await toTheEnd(app, id)
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
    const fix = sum.model.requests.find((request) =>
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
    const { id } = await startCard(sum, { check_command: null })
    const { end } = await toTheEnd(app, id)
    expect(end.steps.map((step) => step.checks)).toEqual([null, null, null])
    expect(await app.api.executions.checks({ id })).toEqual([])
  })

  it('what they change in files of the project is put back, kept and said', async () => {
    const { id } = await startCard(sum, {
      check_command: 'echo formatted >> sum.test.js && echo left > left.txt',
    })
    const { events, end } = await toTheEnd(app, id)
    const diff = await app.api.executions.diff({ id })
    expect(diff.files.map((file) => file.path)).not.toContain('sum.test.js')
    const said = noticesOf(events).find((text) => text.includes('sum.test.js')) ?? ''
    expect(said).toContain('put back')
    const ref = /refs\/rangers\/\S+?(?=\.$)/.exec(said)?.[0] ?? ''
    expect(await gitIn(sum.repo, 'show', `${ref}:sum.test.js`)).toContain('formatted')
    expect(noticesOf(events).some((text) => text.includes('left.txt'))).toBe(true)
    expect(end.status).toBe('completed')
  })

  it('with which the app was killed leave no work of theirs either: it is put back, kept and said at the next start', async () => {
    const { id, project } = await startCard(sum, {
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
    const { events, end } = await toTheEnd(app, id, last_sequence)
    expect(end.status).toBe('completed')
    expect((await app.api.executions.diff({ id })).files.map((file) => file.path)).not.toContain(
      'sum.test.js',
    )
    const said = noticesOf(events).find((text) => text.includes('put back')) ?? ''
    const ref = /refs\/rangers\/\S+?(?=\.$)/.exec(said)?.[0] ?? ''
    expect(await gitIn(sum.repo, 'show', `${ref}:sum.test.js`)).toContain('formatted')
  })

  it('are ended with all that they started when the agents are cancelled', async () => {
    const { id } = await startCard(sum, { check_command: 'sleep 300 & echo begun; sleep 300' })
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
    const { id } = await startCard(sum, { check_command: `echo the key is ${KEY}` })
    await toTheEnd(app, id)
    const checks = await app.api.executions.checks({ id })
    expect(checks.map((check) => check.output)).toEqual(
      Array(2).fill(expect.stringContaining('the key is [redacted]')),
    )
  })
})

it('a developer is given a briefing, which is kept with the step', async () => {
  const { id } = await startCard(
    sum,
    { check_command: 'npm test' },
    { acceptance_criteria: '- [ ] `sum(1, 2)` is 3' },
  )
  const { end } = await toTheEnd(app, id)
  const [plan, development, fix, review] = end.steps
  expect([plan?.briefing, review?.briefing]).toEqual([null, null])
  expect(development?.briefing).toContain('- `sum.js`: Defines `sum`. Named on the card or in the plan.')
  expect(development?.briefing).toContain('- `sum.test.js`')
  expect(development?.briefing).toContain('- [ ] `sum(1, 2)` is 3')
  expect(development?.briefing).toContain('`npm test`')
  expect(fix?.briefing).toContain('The test command “npm test” ended with exit code 1.')
  const asked = sum.model.requests.map((request) => JSON.stringify(request.body))
  expect(
    asked.some((body) => body.includes('<briefing>') && body.includes('You are the developer. Carry')),
  ).toBe(true)
})
