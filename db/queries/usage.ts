import { type SQL, sql } from 'drizzle-orm'
import { TaskUsage, type UsageBy, UsageRow } from '#shared/budget.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import type { Db } from '../client.ts'

const TaskUsagePart = TaskUsage.shape.parts.element

const SUMS = sql`count(*)::int as calls,
  sum(c.input_tokens::bigint)::float8 as input, sum(c.output_tokens::bigint)::float8 as output,
  sum(c.cache_read_tokens::bigint)::float8 as cache_read, sum(c.cache_write_tokens::bigint)::float8 as cache_write,
  coalesce(sum(c.cost_usd), 0)::float8 as cost_usd, bool_or(c.is_estimate or ${unpriced()}) as is_estimate,
  count(*) filter (where ${unpriced()})::int as unpriced_calls`

/** A call that used nothing costs nothing, whoever's it was. */
function unpriced(): SQL {
  return sql`(c.cost_usd is null
    and greatest(c.input_tokens, c.output_tokens, c.cache_read_tokens, c.cache_write_tokens) > 0)`
}

const DAY = sql`to_char(c.created_at at time zone 'UTC', 'YYYY-MM-DD')`
const NONE = { board_id: sql`null::uuid`, task_id: sql`null::uuid`, provider: sql`null::text` }
const BY: Record<
  UsageBy,
  { key: SQL; label: SQL; board_id: SQL; task_id: SQL; provider: SQL; group: SQL; order: SQL }
> = {
  day: { ...NONE, key: DAY, label: DAY, group: DAY, order: sql`1` },
  model: {
    ...NONE,
    key: sql`c.model`,
    label: sql`c.model`,
    group: sql`c.model`,
    order: sql`cost_usd desc, 1`,
  },
  provider: {
    ...NONE,
    key: sql`c.provider`,
    label: sql`c.provider`,
    provider: sql`c.provider`,
    group: sql`c.provider`,
    order: sql`cost_usd desc, 1`,
  },
  board: {
    ...NONE,
    key: sql`coalesce(c.board_id::text, 'none')`,
    label: sql`coalesce(max(b.name), 'Deleted boards')`,
    board_id: sql`c.board_id`,
    group: sql`c.board_id`,
    order: sql`cost_usd desc, 1`,
  },
  task: {
    ...NONE,
    key: sql`coalesce(c.task_id::text, 'none')`,
    label: sql`coalesce(max(b.key || '-' || t.number || ' ' || t.title), 'Deleted cards')`,
    board_id: sql`(max(t.board_id::text))::uuid`,
    task_id: sql`c.task_id`,
    group: sql`c.task_id`,
    order: sql`cost_usd desc, 1`,
  },
}

/** What models used from the first to the last day, both included, UTC: days in their order, others dearest first. */
export async function sumUsage(
  db: Db,
  { by, from, to, boardId }: { by: UsageBy; from: string; to: string; boardId: BoardId | null },
  limit: number,
): Promise<UsageRow[]> {
  const { key, label, board_id, task_id, provider, group, order } = BY[by]
  const { rows } = await db.execute(sql`
    select ${key} as key, ${label} as label, ${board_id} as board_id, ${task_id} as task_id, ${provider} as provider, ${SUMS}
    from model_calls c
    left join tasks t on t.id = c.task_id
    left join boards b on b.id = c.board_id
    where c.created_at >= ${from}::date::timestamp at time zone 'UTC'
      and c.created_at < (${to}::date + 1)::timestamp at time zone 'UTC'
      and ${boardId === null ? sql`true` : sql`c.board_id = ${boardId}`}
    group by ${group} order by ${order} limit ${limit}`)
  return rows.map((row) => UsageRow.parse(withUsage(row)))
}

/** What the calls for a card used, by execution, phase and model, in their order of time. */
export async function sumUsageOfTask(db: Db, taskId: TaskId): Promise<TaskUsage['parts']> {
  const { rows } = await db.execute(sql`
    select c.execution_id, c.phase, c.provider, c.model, ${SUMS}
    from model_calls c where c.task_id = ${taskId}
    group by c.execution_id, c.phase, c.provider, c.model order by min(c.id)`)
  return rows.map((row) => TaskUsagePart.parse(withUsage(row)))
}

function withUsage({ input, output, cache_read, cache_write, ...row }: Record<string, unknown>) {
  return { ...row, usage: { input, output, cache_read, cache_write } }
}
