import { z } from 'zod'
import { Phase } from './execution.ts'
import { BoardId, ExecutionId, TaskId } from './ids.ts'
import { ProviderId, Usage } from './provider.ts'

/** `execution`: what one run may cost. `month`: all runs of a calendar month, UTC. */
export const BudgetPeriod = z.enum(['execution', 'month'])
export type BudgetPeriod = z.infer<typeof BudgetPeriod>

/** At this part of a limit people are warned. */
export const BUDGET_WARNING = 0.8

export const Budget = z.object({
  /** Null: all boards together. */
  board_id: BoardId.nullable(),
  period: BudgetPeriod,
  limit_usd: z.number(),
  /** In the present month; of an execution's limit: 0. */
  spent_usd: z.number(),
})
export type Budget = z.infer<typeof Budget>

const money = z.number().min(0, 'Not less than 0.').max(1_000_000, 'At most 1,000,000.')

/** Null takes the limit away. Raising it lets executions go on that it stopped. */
export const SetBudget = z.strictObject({
  board_id: BoardId.nullable(),
  period: BudgetPeriod,
  limit_usd: money.nullable(),
})
export type SetBudget = z.infer<typeof SetBudget>

/** Of one execution only; null: its board's. */
export const SetExecutionBudget = z.strictObject({ id: ExecutionId, limit_usd: money.nullable() })
export type SetExecutionBudget = z.infer<typeof SetExecutionBudget>

/** `execution`: one run. `board`: its board's month. `all`: the month of all boards together. */
export const BudgetScope = z.enum(['execution', 'board', 'all'])
export type BudgetScope = z.infer<typeof BudgetScope>

/** A limit that holds for a run, and what is spent of it, US dollars. */
export const ExecutionLimit = z.object({
  scope: BudgetScope,
  limit_usd: z.number(),
  spent_usd: z.number(),
  /** Nothing is left of it: it lets no further call begin. */
  is_used_up: z.boolean(),
})
export type ExecutionLimit = z.infer<typeof ExecutionLimit>

/** Dollars for a million tokens. */
export const ModelPrice = z.object({
  model: z.string(),
  input_usd: money,
  output_usd: money,
  cache_read_usd: money,
  cache_write_usd: money,
  source: z.string(),
  /** YYYY-MM-DD. */
  as_of: z.string(),
  /** A person's own, instead of the app's. */
  is_edited: z.boolean(),
})
export type ModelPrice = z.infer<typeof ModelPrice>

export const SetModelPrice = z.strictObject({
  model: z.string().trim().min(1, 'Which model?').max(100),
  input_usd: money,
  output_usd: money,
  cache_read_usd: money,
  cache_write_usd: money,
  source: z.string().trim().max(500).default('Set by hand'),
})
export type SetModelPrice = z.infer<typeof SetModelPrice>

export const UsageBy = z.enum(['day', 'model', 'board', 'provider', 'task'])
export type UsageBy = z.infer<typeof UsageBy>

/** From the first to the last day, both included, UTC. */
export const UsageQuery = z.strictObject({
  by: UsageBy,
  from: z.iso.date(),
  to: z.iso.date(),
  board_id: BoardId.optional(),
})
export type UsageQuery = z.infer<typeof UsageQuery>

/** One line of the usage view. */
export const UsageRow = z.object({
  /** YYYY-MM-DD, a model's or provider's name, or an id. */
  key: z.string(),
  /** What people read. */
  label: z.string(),
  board_id: BoardId.nullable(),
  task_id: TaskId.nullable(),
  provider: ProviderId.nullable(),
  calls: z.number().int(),
  usage: Usage,
  /** The calls whose price is known. */
  cost_usd: z.number(),
  /** Some of it comes from agents that pay by subscription, or whose price is not known. */
  is_estimate: z.boolean(),
  unpriced_calls: z.number().int(),
})
export type UsageRow = z.infer<typeof UsageRow>

/** What the calls for one card used; `parts` in their order of time. */
export const TaskUsage = z.object({
  calls: z.number().int(),
  usage: Usage,
  cost_usd: z.number(),
  is_estimate: z.boolean(),
  unpriced_calls: z.number().int(),
  parts: z.array(
    z.object({
      /** Null: the execution is gone. */
      execution_id: ExecutionId.nullable(),
      phase: Phase.nullable(),
      provider: ProviderId,
      model: z.string(),
      calls: z.number().int(),
      usage: Usage,
      cost_usd: z.number(),
      is_estimate: z.boolean(),
      unpriced_calls: z.number().int(),
    }),
  ),
})
export type TaskUsage = z.infer<typeof TaskUsage>
