import { z } from 'zod'
import { BoardId, type ColumnId, type TaskId } from './ids.ts'
import type { ProviderId } from './provider.ts'
import { Day } from './task.ts'

/** Both days count. */
export const GetInsights = z
  .strictObject({ board_id: BoardId, from: Day, to: Day })
  .refine(({ from, to }) => from <= to, 'The first day is after the last.')
export type GetInsights = z.infer<typeof GetInsights>

/** The figures of a board; days are YYYY-MM-DD. */
export interface Insights {
  /** How many cards lay in a column at the end of a day. */
  flow: { day: string; column_id: ColumnId; count: number }[]
  /** Of cards that reached an end column: days since they first left a start column. */
  cycle: {
    p50_days: number | null
    p85_days: number | null
    cards: { task_id: TaskId; number: number; title: string; finished_at: Date; days: number }[]
  }
  /** Cards that reached an end column, by the Monday of their week. */
  throughput: { week: string; count: number }[]
  /** How many executions needed how many rounds. */
  rework: { rounds: number; count: number }[]
  cost: {
    day: string
    provider: ProviderId
    cost_usd: number
    input_tokens: number
    output_tokens: number
  }[]
}
