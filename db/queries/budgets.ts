import { and, asc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm'
import { Budget, type BudgetPeriod } from '#shared/budget.ts'
import type { BoardId, ExecutionId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { tasks } from '../schema/boards.ts'
import { executions } from '../schema/executions.ts'
import type { ExecutionRow } from './executions.ts'

/** Dollars for a million tokens: what is counted for a call whose price is not known. */
export interface AssumedPrice {
  input: number
  output: number
  cacheRead: number
  cacheWrite: number
}

/** What bounds the calls of an execution, and what of it is spent; a limit that is not set has neither. */
export interface BudgetState {
  execution: { limit_usd: number; spent_usd: number } | null
  /** Its board's present month, UTC. */
  board: { limit_usd: number; spent_usd: number } | null
  /** The present month of all boards together. */
  all: { limit_usd: number; spent_usd: number } | null
}

/** By the database's clock: those of computers differ. */
const MONTH_START = sql`(date_trunc('month', now() at time zone 'UTC') at time zone 'UTC')`
const THIS_MONTH = sql`to_char(now() at time zone 'UTC', 'YYYY-MM')`

/** The cost of a call of `model_calls c` as budgets count it. */
function counted(assumed: AssumedPrice): SQL {
  return sql`coalesce(c.cost_usd, (
    c.input_tokens * ${assumed.input}::float8 + c.output_tokens * ${assumed.output}::float8
    + c.cache_read_tokens * ${assumed.cacheRead}::float8 + c.cache_write_tokens * ${assumed.cacheWrite}::float8
  ) / 1000000)`
}

/** All limits that hold for an execution, and what is spent of them, as of one moment. Null: it is not there. */
export async function readBudgetState(
  db: Db,
  executionId: ExecutionId,
  assumed: AssumedPrice,
): Promise<BudgetState | null> {
  const sum = sql`coalesce(sum(${counted(assumed)}), 0)::float8`
  const { rows } = await db.execute<Record<string, number | null>>(sql`
    with limits as (
      select e.id, e.board_id,
        coalesce(e.budget_usd,
          (select limit_usd from budgets where board_id = e.board_id and period = 'execution'),
          (select limit_usd from budgets where board_id is null and period = 'execution')) as execution_limit,
        (select limit_usd from budgets where board_id = e.board_id and period = 'month') as board_limit,
        (select limit_usd from budgets where board_id is null and period = 'month') as all_limit
      from executions e where e.id = ${executionId}
    )
    select l.execution_limit, l.board_limit, l.all_limit,
      case when l.execution_limit is not null then
        (select ${sum} from model_calls c where c.execution_id = l.id) end as execution_spent,
      case when l.board_limit is not null then
        (select ${sum} from model_calls c where c.board_id = l.board_id and c.created_at >= ${MONTH_START})
      end as board_spent,
      case when l.all_limit is not null then
        (select ${sum} from model_calls c where c.created_at >= ${MONTH_START}) end as all_spent
    from limits l`)
  const [row] = rows
  if (!row) return null
  const budget = (limit: number | null | undefined, spent: number | null | undefined) =>
    limit === null || limit === undefined ? null : { limit_usd: limit, spent_usd: spent ?? 0 }
  return {
    execution: budget(row.execution_limit, row.execution_spent),
    board: budget(row.board_limit, row.board_spent),
    all: budget(row.all_limit, row.all_spent),
  }
}

/** Those of a board and those of all boards together; without a board all there are. What is of all comes first. */
export async function listBudgets(db: Db, boardId: BoardId | null, assumed: AssumedPrice): Promise<Budget[]> {
  const { rows } = await db.execute(sql`
    select b.board_id, b.period, b.limit_usd,
      case b.period when 'month' then (
        select coalesce(sum(${counted(assumed)}), 0)::float8 from model_calls c
        where c.created_at >= ${MONTH_START} and (b.board_id is null or c.board_id = b.board_id)
      ) else 0 end as spent_usd
    from budgets b left join boards o on o.id = b.board_id
    where ${boardId === null ? sql`o.deleted_at is null` : sql`(b.board_id is null or b.board_id = ${boardId})`}
    order by b.board_id nulls first, b.period desc`)
  return rows.map((row) => Budget.parse(row))
}

/** Sets a limit, or changes it; a warning that was given for the former one may be given again. */
export async function saveBudget(
  tx: Db,
  boardId: BoardId | null,
  period: BudgetPeriod,
  limitUsd: number,
): Promise<void> {
  await tx.execute(sql`
    insert into budgets (board_id, period, limit_usd) values (${boardId}, ${period}, ${limitUsd})
    on conflict (coalesce(board_id, '00000000-0000-0000-0000-000000000000'::uuid), period)
    do update set limit_usd = excluded.limit_usd, warned_for = null`)
}

export async function removeBudget(tx: Db, boardId: BoardId | null, period: BudgetPeriod): Promise<void> {
  await tx.execute(
    sql`delete from budgets where board_id is not distinct from ${boardId}::uuid and period = ${period}`,
  )
}

/** Notes that people are warned of this month's limit. False: they were already, or there is none any more. */
export async function markWarned(tx: Db, boardId: BoardId | null): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    update budgets set warned_for = ${THIS_MONTH}
    where board_id is not distinct from ${boardId}::uuid and period = 'month'
      and warned_for is distinct from ${THIS_MONTH}`)
  return rowCount === 1
}

/**
 * What a budget has stopped, of one board or of all, oldest first: only where it is still the last word on a card that
 * lies on its board.
 */
export async function listStoppedByBudget(db: Db, boardId: BoardId | null): Promise<ExecutionRow[]> {
  const rows = await db
    .select({ execution: executions })
    .from(executions)
    .innerJoin(tasks, eq(tasks.id, executions.task_id))
    .where(
      and(
        eq(executions.status, 'blocked'),
        eq(executions.failure_kind, 'budget'),
        eq(executions.resolution, 'none'),
        boardId === null ? undefined : eq(executions.board_id, boardId),
        or(eq(tasks.current_execution_id, executions.id), gt(executions.alternative, 0)),
        isNull(tasks.deleted_at),
        isNull(tasks.archived_at),
      ),
    )
    .orderBy(asc(executions.created_at))
  return rows.map((row) => row.execution)
}
