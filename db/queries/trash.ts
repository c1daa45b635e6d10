import { and, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { Actor } from '#shared/actor.ts'
import { ACTIVE_STATUSES, type ExecutionStatus, type Resolution } from '#shared/execution.ts'
import { BoardId, type ColumnId, type ExecutionId, type LinkId, type TaskId } from '#shared/ids.ts'
import type { TrashItem } from '#shared/trash.ts'
import type { Db } from '../client.ts'
import { containing } from '../like.ts'
import { boards, columns, tasks } from '../schema/boards.ts'
import { attachments, comments, taskLinks } from '../schema/cards.ts'
import { executions, workspaces } from '../schema/executions.ts'

/** Where a page ends: a time as exact as the database has it, and an id. */
export interface TrashCursor {
  at: string
  id: string
}

/** What was put into the trash by itself, not along with what holds it. */
const IN_TRASH = sql`
  select 'board' as kind, b.id, b.id as board_id, b.name as board_name, b.name, b.key, b.deleted_at
    from boards b where b.deleted_at is not null
  union all
  select 'column', c.id, b.id, b.name, c.name, null, c.deleted_at
    from columns c join boards b on b.id = c.board_id
    where c.deleted_at is not null and b.deleted_at is null
  union all
  select 'task', t.id, b.id, b.name, t.title, b.key || '-' || t.number, t.deleted_at
    from tasks t join boards b on b.id = t.board_id join columns c on c.id = t.column_id
    where t.deleted_at is not null and b.deleted_at is null and c.deleted_at is null`

/** Newest first. Who did it is what the audit says of the latest deletion. */
export async function listTrash(
  db: Db,
  before: TrashCursor | null,
  limit: number,
  text = '',
): Promise<(TrashItem & { at: string })[]> {
  const behind = before
    ? sql`(i.deleted_at, i.id) < (${before.at}::timestamptz, ${before.id}::uuid)`
    : sql`true`
  const words = sql`concat_ws(' ', i.key, i.name, i.board_name)`
  const from = sql`where ${behind} and ${text === '' ? sql`true` : sql`${words} ilike ${containing(text)}`}`
  const { rows } = await db.execute(sql`
    select i.kind, i.id, i.board_id, i.board_name, i.name, i.key, i.deleted_at::text as at, a.actor,
      extract(epoch from i.deleted_at)::float8 * 1000 as deleted_ms,
      case i.kind
        when 'board' then (select count(*) from tasks t where t.board_id = i.id and t.deleted_at is null)
        when 'column' then (select count(*) from tasks t where t.column_id = i.id and t.deleted_at is null)
        else 0
      end::int as card_count
    from (
      select * from (${IN_TRASH}) i ${from} order by i.deleted_at desc, i.id desc limit ${limit}
    ) i
    left join lateral (
      select jsonb_build_object('type', l.actor_type, 'id', l.actor_id, 'name', l.actor_name) as actor
      from audit_logs l where l.entity_id = i.id and l.action = 'delete' order by l.id desc limit 1
    ) a on true
    order by i.deleted_at desc, i.id desc`)
  return rows.map(({ actor, deleted_ms, board_id, ...row }) => ({
    ...(row as unknown as TrashItem & { at: string }),
    board_id: BoardId.parse(board_id),
    deleted_at: new Date(Number(deleted_ms)),
    deleted_by: actor === null ? null : Actor.parse(actor),
  }))
}

/** A board, a column or a card that lies in the trash. */
export interface Trashed {
  kind: TrashItem['kind']
  id: string
  boardId: BoardId
  name: string
}

export interface TrashedFilter {
  boards?: BoardId[]
  columns?: ColumnId[]
  tasks?: TaskId[]
  /** Only what was there before. */
  deletedBefore?: Date
}

/** Of the named ones, or without names of all, those that are in the trash; cards before columns before boards. */
export async function listTrashed(db: Db, filter: TrashedFilter): Promise<Trashed[]> {
  const { deletedBefore: limit } = filter
  const isAll = !filter.boards && !filter.columns && !filter.tasks
  const wanted = (id: PgColumn, ids: string[] = []) => (isAll ? undefined : oneOf(id, ids))
  const found: Trashed[] = []
  const cards = await db
    .select({ id: tasks.id, boardId: tasks.board_id, name: tasks.title })
    .from(tasks)
    .innerJoin(boards, eq(boards.id, tasks.board_id))
    .where(
      and(
        isNotNull(tasks.deleted_at),
        isNull(boards.deleted_at), // else they go with it
        limit && lt(tasks.deleted_at, limit),
        wanted(tasks.id, filter.tasks),
      ),
    )
  for (const card of cards) found.push({ kind: 'task', ...card })
  const lists = await db
    .select({ id: columns.id, boardId: columns.board_id, name: columns.name })
    .from(columns)
    .innerJoin(boards, eq(boards.id, columns.board_id))
    .where(
      and(
        isNotNull(columns.deleted_at),
        isNull(boards.deleted_at),
        limit && lt(columns.deleted_at, limit),
        wanted(columns.id, filter.columns),
      ),
    )
  for (const column of lists) found.push({ kind: 'column', ...column })
  const whole = await db
    .select({ id: boards.id, name: boards.name })
    .from(boards)
    .where(
      and(
        isNotNull(boards.deleted_at),
        limit && lt(boards.deleted_at, limit),
        wanted(boards.id, filter.boards),
      ),
    )
  for (const board of whole) found.push({ kind: 'board', boardId: board.id, ...board })
  return found
}

/** Some of one kind on one board, which go together. */
export interface TrashedGroup {
  boardId: BoardId
  kind: TrashItem['kind']
  ids: string[]
}

/** An execution that has something to be looked after before its card goes. */
export interface UnsettledExecution {
  id: ExecutionId
  /** What of the group its card goes with. */
  holder: string
  status: ExecutionStatus
  resolution: Resolution
  /** Where its files are; null: nowhere any more. */
  path: string | null
}

/** Of the cards that go with a group: executions that run, or have files. */
export function listUnsettled(db: Db, group: TrashedGroup): Promise<UnsettledExecution[]> {
  const hasFiles = and(eq(workspaces.execution_id, executions.id), eq(workspaces.status, 'active'))
  return db
    .select({
      id: executions.id,
      holder: sql<string>`${HOLDERS[group.kind]}`,
      status: executions.status,
      resolution: executions.resolution,
      path: workspaces.path,
    })
    .from(executions)
    .innerJoin(tasks, eq(tasks.id, executions.task_id))
    .leftJoin(workspaces, hasFiles)
    .where(
      and(cardsOf(group), or(isNotNull(workspaces.path), inArray(executions.status, [...ACTIVE_STATUSES]))),
    )
}

/** The files that are attached to the cards that go with a group, by what is in them. */
export async function listBytesOf(db: Db, group: TrashedGroup): Promise<string[]> {
  const rows = await db
    .selectDistinct({ sha256: attachments.sha256 })
    .from(attachments)
    .innerJoin(tasks, eq(tasks.id, attachments.task_id))
    .where(cardsOf(group))
  return rows.map((row) => row.sha256)
}

/** Links between a card that goes and any other. */
export async function listLinksOf(db: Db, group: TrashedGroup): Promise<LinkId[]> {
  const going = db.select({ id: tasks.id }).from(tasks).where(cardsOf(group))
  const rows = await db
    .select({ id: taskLinks.id })
    .from(taskLinks)
    .where(or(inArray(taskLinks.task_id, going), inArray(taskLinks.other_task_id, going)))
  return rows.map((row) => row.id)
}

/** Those that are still in the trash; the caller holds their board. */
export async function keepTrashed(tx: Db, { kind, ids }: TrashedGroup): Promise<string[]> {
  const table = TABLES[kind]
  const rows = await tx
    .select({ id: table.id })
    .from(table)
    .where(and(oneOf(table.id, ids), isNotNull(table.deleted_at)))
  return rows.map((row) => row.id)
}

/** For good, with all that hangs on them. Gives how many went. */
export async function purge(tx: Db, { kind, ids }: TrashedGroup): Promise<number> {
  const table = TABLES[kind]
  const { rowCount } = await tx.delete(table).where(and(oneOf(table.id, ids), isNotNull(table.deleted_at)))
  return rowCount ?? 0
}

/** Comments and attachments that somebody deleted so long ago; gives the boards that have some. */
export async function listBoardsWithOldScraps(db: Db, deletedBefore: Date): Promise<BoardId[]> {
  const rows = await db
    .select({ id: comments.board_id })
    .from(comments)
    .where(lt(comments.deleted_at, deletedBefore))
    .union(
      db
        .select({ id: attachments.board_id })
        .from(attachments)
        .where(lt(attachments.deleted_at, deletedBefore)),
    )
  return rows.map((row) => row.id)
}

/** Gives what was in the files. */
export async function purgeScraps(tx: Db, boardId: BoardId, deletedBefore: Date): Promise<string[]> {
  await tx.delete(comments).where(and(eq(comments.board_id, boardId), lt(comments.deleted_at, deletedBefore)))
  const rows = await tx
    .delete(attachments)
    .where(and(eq(attachments.board_id, boardId), lt(attachments.deleted_at, deletedBefore)))
    .returning({ sha256: attachments.sha256 })
  return rows.map((row) => row.sha256)
}

const TABLES = { board: boards, column: columns, task: tasks }
const HOLDERS = { board: tasks.board_id, column: tasks.column_id, task: tasks.id }

function cardsOf({ kind, ids }: TrashedGroup): SQL {
  return oneOf(HOLDERS[kind], ids)
}

function oneOf(column: PgColumn, ids: readonly string[]): SQL {
  return sql`${column} = any(${sql.param(ids)}::uuid[])`
}
