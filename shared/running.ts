import { z } from 'zod'
import { ExecutionSummary, Step, Wait } from './execution.ts'
import { BoardId, TaskId } from './ids.ts'
import { FailureKind } from './provider.ts'

/** An execution that is at work, waits or is asked about, with what it works on. */
export const RunningExecution = z.object({
  execution: ExecutionSummary,
  /** When its agents worked. */
  steps: z.array(Step.pick({ status: true, started_at: true, duration_ms: true, waits: true })),
  /** For people, in its steps and between them. */
  waits: z.array(Wait),
  board: z.object({ id: BoardId, key: z.string(), name: z.string() }),
  task: z.object({ id: TaskId, number: z.number().int(), title: z.string() }),
})
export type RunningExecution = z.infer<typeof RunningExecution>

/** A call of a model has failed, and is made again by itself. */
export const RetryWait = z.object({
  until: z.coerce.date(),
  /** From 1, of at most `max`. */
  attempt: z.number().int(),
  max: z.number().int(),
  cause: FailureKind,
  /** A person need not wait for it. */
  can_try_now: z.boolean(),
})
export type RetryWait = z.infer<typeof RetryWait>

/** How far an execution is, as often as a card shows it. */
export const WorkLine = ExecutionSummary.pick({
  id: true,
  task_id: true,
  activity_line: true,
  usage: true,
  cost_usd: true,
}).extend({
  /** Null: nothing waits, or it does so in another app. */
  retry: RetryWait.nullable(),
})
export type WorkLine = z.infer<typeof WorkLine>

export const FollowWork = z.strictObject({ board_id: BoardId })
