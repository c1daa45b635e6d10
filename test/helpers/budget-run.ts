import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { ExecutionDetail } from '#shared/execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ProviderId } from '#shared/provider.ts'
import type { Task } from '#shared/task.ts'
import type { Scenario } from '../fake-model-server/scenario.ts'
import { openCard, type SumApp, toTheEnd } from './sum-app.ts'

/** Tokens of each answer: $0.03 at the price of claude-sonnet-5-5. */
const USAGE = { input_tokens: 10_000, output_tokens: 1000 }

export interface BudgetRun {
  task: Task
  end: ExecutionDetail
  events: ExecutionEventBody[]
}

export type Playground = Pick<SumApp, 'app' | 'repo' | 'model'>

/**
 * Has an agent work on a card with a budget until it is stopped. `reply` is the model's answer to everything, and must
 * make the agent ask again; its usage is ours.
 */
export async function runIntoBudget(
  sum: Playground,
  {
    provider,
    reply,
    limitUsd = 0.1,
  }: { provider: ProviderId; reply: Scenario['default']; limitUsd?: number },
): Promise<BudgetRun> {
  const { app, model } = sum
  const { board, task, project } = await openCard(sum)
  await app.api.projects.update({ id: project.id, check_command: null })
  await app.api.boards.update({ id: board.id, settings: { ...board.settings, clarity: false } })
  await app.api.budgets.set({ board_id: board.id, period: 'execution', limit_usd: limitUsd })
  model.play({ default: { ...reply, usage: USAGE } })
  const { id } = await app.api.executions.start({
    task_id: task.id,
    workflow_type: 'quick_development',
    provider,
  })
  return { task, ...(await toTheEnd(app, id)) }
}

/**
 * Issue 5, 7.4: each call that was made began below the limit; the last one used it up; the server saw no other; and the
 * execution says that it is blocked by its budget, with what it has cost.
 */
export async function expectBudgetHeld(
  { app, model }: Playground,
  { end }: BudgetRun,
  limitUsd = 0.1,
): Promise<void> {
  const calls = await callsOf(app, end)
  const before = calls.map((_, index) => sumOf(calls.slice(0, index)))
  expect(calls.length).toBeGreaterThan(1)
  for (const spent of before) expect(spent).toBeLessThan(limitUsd)
  expect(sumOf(calls)).toBeGreaterThanOrEqual(limitUsd)
  expect(model.requests.filter(({ path }) => path === '/v1/messages')).toHaveLength(calls.length)
  expect(end).toMatchObject({ status: 'blocked', failure_kind: 'budget' })
  expect(end.steps.at(-1)).toMatchObject({ status: 'failed', stopped_by_budget: true })
  expect(end.error_message).toContain('Raise its limit')
  expect(end.cost_usd).toBeCloseTo(sumOf(calls), 9)
}

async function callsOf({ ctx }: SumApp['app'], { id }: ExecutionDetail): Promise<number[]> {
  const { rows } = await ctx.db.execute<{ cost_usd: number }>(
    sql`select cost_usd from model_calls where execution_id = ${id} order by id`,
  )
  return rows.map(({ cost_usd }) => cost_usd)
}

function sumOf(costs: readonly number[]): number {
  return costs.reduce((all, cost) => all + cost, 0)
}
