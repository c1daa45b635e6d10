import { sumUsage, sumUsageOfTask } from '#db/queries/usage.ts'
import type { TaskUsage, UsageQuery, UsageRow } from '#shared/budget.ts'
import { InvalidInputError } from '#shared/errors.ts'
import type { TaskId } from '#shared/ids.ts'
import { providerName } from '#shared/provider.ts'
import type { AppContext } from '../context.ts'

const MOST_ROWS = 1000
const MOST_DAYS = 1100
const DAY_MS = 86_400_000

/** What models used, by day (in their order), or by what else is asked for (dearest first, at most 1,000 lines). */
export async function summarizeUsage(
  ctx: Pick<AppContext, 'db'>,
  { by, from, to, board_id }: UsageQuery,
): Promise<UsageRow[]> {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS
  if (days < 0) throw new InvalidInputError('INVALID_DAYS', 'The last day is before the first.')
  if (days > MOST_DAYS)
    throw new InvalidInputError('TOO_MANY_DAYS', 'At most three years at once. Choose a shorter time.')
  const limit = by === 'day' ? MOST_DAYS + 1 : MOST_ROWS
  const rows = await sumUsage(ctx.db, { by, from, to, boardId: board_id ?? null }, limit)
  return rows.map((row) => (row.provider ? { ...row, label: providerName(row.provider) } : row))
}

/** What one card has cost, over all its executions. */
export async function usageOfTask(ctx: Pick<AppContext, 'db'>, taskId: TaskId): Promise<TaskUsage> {
  const parts = await sumUsageOfTask(ctx.db, taskId)
  const sum = (of: (part: (typeof parts)[number]) => number) => parts.reduce((all, part) => all + of(part), 0)
  return {
    calls: sum((part) => part.calls),
    usage: {
      input: sum(({ usage }) => usage.input),
      output: sum(({ usage }) => usage.output),
      cache_read: sum(({ usage }) => usage.cache_read),
      cache_write: sum(({ usage }) => usage.cache_write),
    },
    cost_usd: sum((part) => part.cost_usd),
    is_estimate: parts.some((part) => part.is_estimate),
    unpriced_calls: sum((part) => part.unpriced_calls),
    parts,
  }
}
