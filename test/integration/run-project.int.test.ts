import { describe, expect, it } from 'vitest'
import { findTagged } from '#electron/platform/process-table.ts'
import { eachOnSumApp } from '../helpers/each-sum-app.ts'
import { refusalOf } from '../helpers/factories.ts'
import { startCard } from '../helpers/started-card.ts'
import { type SumApp, toTheEnd } from '../helpers/sum-app.ts'
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

describe('running the project', () => {
  it('starts it in the workspace, once, shows what it prints, and stops all of it', async () => {
    const { id } = await startCard(sum, {
      run_command: 'cat sum.js; sleep 300 & sleep 300',
      check_command: 'npm test',
    })
    await toTheEnd(app, id)
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
    const { id, project } = await startCard(sum, { check_command: 'npm test' })
    await toTheEnd(app, id)
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
