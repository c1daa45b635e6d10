import { once } from 'node:events'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { findTagged } from '#electron/platform/process-table.ts'
import { createProviders } from '#electron/providers/registry.ts'
import { followExecution } from '#electron/services/follow-execution.ts'
import { isActive, type Step } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { urlOf } from '../helpers/database-url.ts'
import { gitIn, makeRepository, temporaryFolder } from '../helpers/git-fixture.ts'
import { buildRangers, type RangersPrograms, startRangers } from '../helpers/rangers-program.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'
import { CHECK, SUM_REPOSITORY, TWO_ROUNDS } from '../helpers/two-rounds.ts'

/** A model that stops in the middle of a phase, with the check running where the phase may run it. */
const STOPS: Record<string, { system: string; runsCheck: boolean }> = {
  architecture: { system: 'architect', runsCheck: false },
  development: { system: 'Carry', runsCheck: true },
  review: { system: 'You are the reviewer', runsCheck: false },
  fix: { system: 'has looked', runsCheck: true },
}
/**
 * Never ends once the agent that is to be killed has changed the file: it ends before the work, where the app runs it too.
 * Leaves children that a plain kill of the parent would not reach.
 */
const checkOf = (phase: string) =>
  `if grep -qF '${phase === 'fix' ? 'Number' : phase === 'development' ? 'a + b' : 'nowhere'}' sum.js; then setsid sleep 300 & sleep 300; fi`

/** Only the agent that is to be killed runs the check. */
const WITHOUT_CHECK = (TWO_ROUNDS.rules ?? []).map((rule) => ({
  ...rule,
  ...(rule.turns ? { turns: rule.turns.filter((turn) => turn.tools?.[0]?.name !== 'run_check') } : {}),
}))

let programs: RangersPrograms
let model: FakeModelServer
let app: TestApp
let folder: { path: string; remove: () => Promise<void> }

beforeAll(async () => {
  programs = await buildRangers()
})
afterAll(() => programs.remove())
beforeEach(async () => {
  folder = await temporaryFolder()
  model = await startFakeModelServer()
  app = await openTestApp()
})
afterEach(async () => {
  await app[Symbol.asyncDispose]()
  await model.close()
  await folder.remove()
})

const TEN = [
  'architecture',
  'development',
  'review',
  'fix',
  'development',
  'fix',
  'review',
  'development',
  'architecture',
  'fix',
]

it.each(TEN.map((phase, index) => [index + 1, phase]))(
  'kill -9, time %i, in the phase %s: nothing lost, nothing left, Resume completes',
  async (_time, phase) => {
    const stop = STOPS[phase]
    if (!stop) throw new Error('unknown phase')
    const repo = await makeRepository(path.join(folder.path, 'sum'), SUM_REPOSITORY)
    const [mend] = WITHOUT_CHECK.find(({ name }) => name && phase.startsWith(name))?.turns ?? []
    const check = { tools: [{ name: 'run_check', input: {} }] }
    const turns = stop.runsCheck
      ? [...(mend ? [mend] : []), check, check]
      : [{ text: 'Hm', stall: { afterEvents: 5 } }]
    model.play({ rules: [{ match: { system: stop.system }, turns }, ...WITHOUT_CHECK] })
    const dataFolder = path.join(folder.path, 'data')
    const env = {
      DATABASE_URL: urlOf(app.connection),
      RANGERS_DATA_DIR: dataFolder,
      ANTHROPIC_BASE_URL: model.url,
      ANTHROPIC_API_KEY: 'sk-ant-test-0123456789',
    }
    const running = startRangers(programs, env, [
      'run',
      '--repo',
      repo,
      '--title',
      'Mend the sum',
      '--check',
      checkOf(phase),
      '--json',
    ])
    await running.said(`"type":"step_started","phase":"${phase}"`)
    await running.said(stop.runsCheck ? '"name":"run_check"' : '"delta":"Hm"')
    const id = JSON.parse(running.lines[0] ?? '{}').execution_id as ExecutionId
    const finished = (await app.api.executions.get({ id })).steps.filter(
      (step) => step.status === 'completed',
    )
    running.process.kill('SIGKILL')
    await once(running.process, 'close')

    // The next start on the same data folder.
    await using next = await openTestApp({
      beside: app,
      env: { RANGERS_DATA_DIR: dataFolder },
      providers: createProviders({
        credentials: { key: () => 'sk-ant-test-0123456789' },
        baseUrl: model.url,
        delay: async () => {},
      }),
    })
    const interrupted = await next.api.executions.get({ id })
    expect(interrupted.status).toBe('interrupted')
    expect(await findTagged('RANGERS_EXECUTION_ID', id)).toEqual([])
    for (const step of finished) {
      expect(await gitIn(repo, 'cat-file', '-t', step.head_commit ?? '')).toBe('commit')
    }
    await expectPaid(next, interrupted.steps)
    const board = await next.api.boards.get({ id: interrupted.board_id })
    expect(board.tasks).toHaveLength(1)

    model.play(TWO_ROUNDS)
    if (board.project) await next.api.projects.update({ id: board.project.id, check_command: CHECK })
    await next.api.executions.resume({ id })
    const { last_sequence } = interrupted
    for await (const { body } of followExecution(next.ctx, id, last_sequence, AbortSignal.timeout(25_000))) {
      if (body.type === 'status' && !isActive(body.status)) break
    }
    const end = await next.api.executions.get({ id })
    expect(end.status).toBe('completed')
    // What had been finished was not done again.
    expect(end.steps.slice(0, finished.length)).toEqual(finished)
    expect(await gitIn(repo, 'show', `${end.branch}:sum.js`)).toContain('Number(a)')
  },
)

/** What the model was paid for is on the account of its step. */
async function expectPaid({ ctx }: TestApp, steps: readonly Step[]): Promise<void> {
  const { rows } = await ctx.db.execute(
    sql`select step_id, sum(input_tokens)::int as input, sum(cost_usd) as cost from model_calls group by step_id`,
  )
  const told = steps.map(({ id, usage, cost_usd }) => ({ step_id: id, input: usage.input, cost: cost_usd }))
  expect(told).toEqual(expect.arrayContaining(rows))
}
