import { type SQL, sql } from 'drizzle-orm'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { ProviderId } from '#shared/provider.ts'
import type { Db } from '../client.ts'

/** Moments, each later than the one before; days and weeks are told apart by them, wherever the database is. */
export type Moments = readonly Date[]

/** From the first of two moments on, and before the second. */
export interface Span {
  from: Date
  to: Date
}

/** Moves between columns, as the feed tells them; what was moved before that was written is not known. */
const movesOf = (boardId: BoardId) => sql`
  moves as (
    select l.id, l.task_id, l.created_at as at,
      (l.metadata ->> 'from_column_id')::uuid as from_id, (l.metadata ->> 'to_column_id')::uuid as to_id
    from activity_logs l
    where l.board_id = ${boardId} and l.event_type = 'moved' and l.task_id is not null
      and l.metadata ->> 'from_column_id' <> l.metadata ->> 'to_column_id'
  )`

/**
 * How many cards lay in each column at certain moments; `index` counts these. A finished card stays where it was finished
 * when it goes to the archive; any other leaves its column.
 */
export async function countFlow(
  db: Db,
  boardId: BoardId,
  ends: Moments,
): Promise<{ index: number; column_id: ColumnId; count: number }[]> {
  const thresholds = momentsOf(ends)
  return rowsOf(
    db,
    sql`
    with ${movesOf(boardId)}, cards as (
      select t.id, t.column_id, t.created_at as at,
        least(t.deleted_at, case when not c.is_end_column then t.archived_at end, 'infinity') as gone_at
      from tasks t join columns c on c.id = t.column_id where t.board_id = ${boardId}
    ), arrivals as (
      select c.id as task_id, coalesce(f.from_id, c.column_id) as column_id, c.at, 0::bigint as place
      from cards c
      left join (select distinct on (task_id) task_id, from_id from moves order by task_id, id) f on f.task_id = c.id
      union all
      select task_id, to_id, at, id from moves
    ), stays as (
      select a.column_id, a.at as since,
        least(lead(a.at) over (partition by a.task_id order by a.place), c.gone_at) as until
      from arrivals a join cards c on c.id = a.task_id
    ), steps as (
      select column_id, width_bucket(since, ${thresholds}) as index, 1 as step from stays where since < until
      union all
      select column_id, width_bucket(until, ${thresholds}), -1 from stays where since < until and until < 'infinity'
    ), changes as (
      select column_id, index, sum(step) as change from steps group by column_id, index
    )
    select i.index, c.id as column_id,
      (sum(coalesce(h.change, 0)) over (partition by c.id order by i.index))::int as count
    from columns c
    cross join generate_series(0, ${ends.length}::int - 1) as i (index)
    left join changes h on h.column_id = c.id and h.index = i.index
    where c.board_id = ${boardId} and c.deleted_at is null
    order by i.index, c."order", c.created_at, c.id`,
  )
}

/** Cards that lie in an end column, with when they came there and, where it is known, when work on them began. */
const finishedOf = (boardId: BoardId, { from, to }: Span) => sql`
  ${movesOf(boardId)}, ends as (
    select id from columns where board_id = ${boardId} and is_end_column
  ), arrived as (
    select task_id, max(at) as at from moves
    where to_id in (select id from ends) and from_id not in (select id from ends) group by task_id
  ), begun as (
    select task_id, min(at) as at from moves
    where from_id in (select id from columns where board_id = ${boardId} and is_start_column) group by task_id
  ), finished as (
    select t.id, t.number, t.title, coalesce(a.at, t.created_at) as finished_at,
      extract(epoch from a.at - coalesce(b.at, t.created_at))::float8 / 86400 as days
    from tasks t
    join columns c on c.id = t.column_id and c.is_end_column and c.deleted_at is null
    left join arrived a on a.task_id = t.id
    left join begun b on b.task_id = t.id
    where t.board_id = ${boardId} and t.deleted_at is null
  ), counted as (
    select * from finished
    where finished_at >= ${from.toISOString()}::timestamptz and finished_at < ${to.toISOString()}::timestamptz
  )`

export interface FinishedCard {
  task_id: TaskId
  number: number
  title: string
  finished_at: Date
  days: number
}

/** How long finished cards took, and the latest of them, oldest first. */
export async function readCycle(
  db: Db,
  boardId: BoardId,
  span: Span,
  limit: number,
): Promise<{ p50_days: number | null; p85_days: number | null; cards: FinishedCard[] }> {
  const [row] = await rowsOf<{ p50_days: number | null; p85_days: number | null; cards: RawCard[] | null }>(
    db,
    sql`
    with ${finishedOf(boardId, span)}, timed as (select * from counted where days >= 0)
    select
      (select percentile_cont(0.5) within group (order by days) from timed) as p50_days,
      (select percentile_cont(0.85) within group (order by days) from timed) as p85_days,
      (
        select jsonb_agg(jsonb_build_object('task_id', id, 'number', number, 'title', title,
          'finished_ms', extract(epoch from finished_at) * 1000, 'days', days) order by finished_at, id)
        from (select * from timed order by finished_at desc, id limit ${limit}) latest
      ) as cards`,
  )
  const cards = (row?.cards ?? []).map(({ finished_ms, ...card }) => ({
    ...card,
    finished_at: new Date(finished_ms),
  }))
  return { p50_days: row?.p50_days ?? null, p85_days: row?.p85_days ?? null, cards }
}

type RawCard = Omit<FinishedCard, 'finished_at'> & { finished_ms: number }

/** How many cards were finished from each of these moments on; `index` counts them. */
export function countFinished(
  db: Db,
  boardId: BoardId,
  span: Span,
  starts: Moments,
): Promise<{ index: number; count: number }[]> {
  return rowsOf(
    db,
    sql`
    with ${finishedOf(boardId, span)}
    select width_bucket(finished_at, ${momentsOf(starts)}) - 1 as index, count(*)::int as count
    from counted group by 1 order by 1`,
  )
}

/** Of executions that were approved: how many needed how many rounds. A plan alone has none. */
export function countRounds(
  db: Db,
  boardId: BoardId,
  { from, to }: Span,
): Promise<{ rounds: number; count: number }[]> {
  return rowsOf(
    db,
    sql`
    select iteration as rounds, count(*)::int as count from executions
    where board_id = ${boardId} and status = 'completed' and workflow_type <> 'architecture_only'
      and completed_at >= ${from.toISOString()}::timestamptz and completed_at < ${to.toISOString()}::timestamptz
    group by iteration order by iteration`,
  )
}

/** What agents used from each of these moments on, until `to`; cached tokens are read tokens too. */
export function sumCosts(
  db: Db,
  boardId: BoardId,
  starts: Moments,
  to: Date,
): Promise<
  { index: number; provider: ProviderId; cost_usd: number; input_tokens: number; output_tokens: number }[]
> {
  return rowsOf(
    db,
    sql`
    select width_bucket(s.started_at, ${momentsOf(starts)}) - 1 as index, e.provider,
      sum(coalesce(s.cost_usd, 0))::float8 as cost_usd,
      sum(s.input_tokens::bigint + s.cache_read_tokens + s.cache_write_tokens)::float8 as input_tokens,
      sum(s.output_tokens)::float8 as output_tokens
    from steps s join executions e on e.id = s.execution_id
    where e.board_id = ${boardId} and s.started_at >= ${(starts[0] ?? to).toISOString()}::timestamptz
      and s.started_at < ${to.toISOString()}::timestamptz
    group by 1, 2 order by 1, 2`,
  )
}

function momentsOf(moments: Moments): SQL {
  return sql`${sql.param(moments.map((moment) => moment.toISOString()))}::timestamptz[]`
}

async function rowsOf<T extends object>(db: Db, query: SQL): Promise<T[]> {
  return (await db.execute(query)).rows as unknown as T[]
}
