import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { PgInsertValue, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { ACTIVE_STATUSES, type ExecutionStatus, ExecutionSummary } from '#shared/execution.ts'
import type { BoardId, ColumnId, ExecutionId, InstanceId, TaskId } from '#shared/ids.ts'
import type { Usage } from '#shared/provider.ts'
import type { Db } from '../client.ts'
import { boards, columns, tasks } from '../schema/boards.ts'
import { executions } from '../schema/executions.ts'
import { storable } from '../storable.ts'

export type ExecutionRow = typeof executions.$inferSelect
export type ExecutionChange = PgUpdateSetSource<typeof executions>

/** The row as it is told to windows: token columns become `usage`, ownership stays inside. */
export function presentExecution(row: ExecutionRow): ExecutionSummary {
  return ExecutionSummary.parse({ ...row, usage: usageOf(row) })
}

export function usageOf(row: {
  input_tokens: number
  output_tokens: number
  cache_read_tokens: number
  cache_write_tokens: number
}): Usage {
  return {
    input: row.input_tokens,
    output: row.output_tokens,
    cache_read: row.cache_read_tokens,
    cache_write: row.cache_write_tokens,
  }
}

export async function findExecution(db: Db, id: ExecutionId): Promise<ExecutionRow | null> {
  const [row] = await db.select().from(executions).where(eq(executions.id, id))
  return row ?? null
}

/** Newest first. */
export async function listExecutionsOfTask(db: Db, taskId: TaskId): Promise<ExecutionRow[]> {
  return db
    .select()
    .from(executions)
    .where(eq(executions.task_id, taskId))
    .orderBy(desc(executions.created_at), desc(executions.alternative), desc(executions.id))
}

/** The current execution of every live card of the board. */
export async function listCurrentExecutions(db: Db, boardId: BoardId): Promise<ExecutionRow[]> {
  const rows = await db
    .select({ execution: executions })
    .from(executions)
    .innerJoin(tasks, eq(tasks.current_execution_id, executions.id))
    .where(and(eq(executions.board_id, boardId), isNull(tasks.deleted_at)))
  return rows.map((row) => row.execution)
}

/**
 * One that occupies the card, besides the given one. Alternatives of one card are at work at the same time; `outside`
 * leaves out those of a group.
 */
export async function findActiveExecution(
  db: Db,
  taskId: TaskId,
  { besides, outside }: { besides?: ExecutionId; outside?: string | null } = {},
): Promise<ExecutionRow | null> {
  const [row] = await db
    .select()
    .from(executions)
    .where(
      and(
        eq(executions.task_id, taskId),
        inArray(executions.status, [...ACTIVE_STATUSES]),
        besides ? ne(executions.id, besides) : undefined,
        outside ? or(isNull(executions.group_id), ne(executions.group_id, outside)) : undefined,
      ),
    )
    .orderBy(asc(executions.alternative))
    .limit(1)
  return row ?? null
}

/** The executions that are compared with each other, in the order of their numbers. */
export async function listAlternatives(db: Db, groupId: string): Promise<ExecutionRow[]> {
  return db
    .select()
    .from(executions)
    .where(eq(executions.group_id, groupId))
    .orderBy(asc(executions.alternative))
}

/** Of any board: those in one of these statuses, oldest first. */
export async function listInStatus(db: Db, statuses: readonly ExecutionStatus[]): Promise<ExecutionRow[]> {
  return db
    .select({ execution: executions })
    .from(executions)
    .innerJoin(tasks, eq(tasks.id, executions.task_id))
    .where(and(inArray(executions.status, [...statuses]), isNull(tasks.deleted_at)))
    .orderBy(asc(executions.created_at), asc(executions.id))
    .then((rows) => rows.map(({ execution }) => execution))
}

/** What decides which of these runs next; those of the trash too. */
export async function listTurns(db: Db, ids: readonly ExecutionId[]) {
  if (ids.length === 0) return []
  return db
    .select({
      id: executions.id,
      task_id: executions.task_id,
      /** Whether the card is where agents work, or on the board no more. */
      is_there: sql<boolean>`${columns.triggers_agents} or num_nonnulls(${tasks.deleted_at}, ${tasks.archived_at}) > 0`,
      board_id: executions.board_id,
      board_name: boards.name,
      board_settings: boards.settings,
      provider: executions.provider,
      priority: tasks.priority,
      created_at: executions.created_at,
    })
    .from(executions)
    .innerJoin(tasks, eq(tasks.id, executions.task_id))
    .innerJoin(boards, eq(boards.id, executions.board_id))
    .innerJoin(columns, eq(columns.id, tasks.column_id))
    .where(inArray(executions.id, [...ids]))
}

export async function insertExecution(
  tx: Db,
  values: PgInsertValue<typeof executions>,
): Promise<ExecutionRow> {
  const [row] = await tx.insert(executions).values(values).returning()
  if (!row) throw new Error('The new execution was not returned')
  return row
}

/** With `from`, only while its status is one of these: the database decides a race. Null: not there, or not so. */
export async function updateExecution(
  tx: Db,
  id: ExecutionId,
  values: ExecutionChange,
  from?: readonly ExecutionStatus[],
): Promise<ExecutionRow | null> {
  const [row] = await tx
    .update(executions)
    .set(storable(values))
    .where(and(eq(executions.id, id), from ? inArray(executions.status, [...from]) : undefined))
    .returning()
  return row ?? null
}

/** The end of a lease from now on, by the database's clock: those of computers differ. */
export function leaseFor(seconds: number): SQL {
  return sql`now() + make_interval(secs => ${seconds})`
}

/** Keeps the lease of everything this instance runs. */
export async function extendLeases(db: Db, owner: InstanceId, seconds: number): Promise<void> {
  await db
    .update(executions)
    .set({ lease_expires_at: leaseFor(seconds) })
    .where(and(eq(executions.owner_id, owner), inArray(executions.status, [...ACTIVE_STATUSES])))
}

/**
 * What somebody has to run, or an agent of which waits for a person. What only waits for a person is nobody's, holds no
 * process and survives every end of an app.
 */
const isHeld = or(
  inArray(executions.status, ['pending', 'running']),
  and(eq(executions.status, 'awaiting_approval'), isNotNull(executions.owner_id)),
)

/** Executions of the given dead instances that were to be run, or whose lease nobody extends any more. */
export async function listAbandonedExecutions(db: Db, deadOwners: InstanceId[]): Promise<ExecutionRow[]> {
  const dead = deadOwners.length > 0 ? inArray(executions.owner_id, deadOwners) : undefined
  return db
    .select()
    .from(executions)
    .where(and(isHeld, or(lt(executions.lease_expires_at, sql`now()`), isNull(executions.owner_id), dead)))
    .orderBy(asc(executions.created_at), asc(executions.id))
}

/** Asks the owners of all that works on these cards to cancel it. Returns whether there is any. */
export async function requestCancels(
  tx: Db,
  cards: { tasks: TaskId[] } | { column: ColumnId } | { board: BoardId },
  at: Date,
): Promise<boolean> {
  const ofColumn = (id: ColumnId) => tx.select({ id: tasks.id }).from(tasks).where(eq(tasks.column_id, id))
  const rows = await tx
    .update(executions)
    .set({ cancel_requested_at: at })
    .where(
      and(
        inArray(executions.status, [...ACTIVE_STATUSES]),
        'tasks' in cards ? inArray(executions.task_id, cards.tasks) : undefined,
        'column' in cards ? inArray(executions.task_id, ofColumn(cards.column)) : undefined,
        'board' in cards ? eq(executions.board_id, cards.board) : undefined,
      ),
    )
    .returning({ id: executions.id })
  return rows.length > 0
}

/** Executions of an instance that somebody asked to cancel, and those that are nobody's. */
export async function listCancelRequests(db: Db, owner: InstanceId): Promise<ExecutionId[]> {
  const rows = await db
    .select({ id: executions.id })
    .from(executions)
    .where(
      and(
        or(eq(executions.owner_id, owner), isNull(executions.owner_id)),
        inArray(executions.status, [...ACTIVE_STATUSES]),
        isNotNull(executions.cancel_requested_at),
      ),
    )
  return rows.map((row) => row.id)
}

/** Executions that an instance runs and somebody asked to pause. */
export async function listPauseRequests(db: Db, owner: InstanceId): Promise<ExecutionId[]> {
  const rows = await db
    .select({ id: executions.id })
    .from(executions)
    .where(and(eq(executions.owner_id, owner), isHeld, isNotNull(executions.paused_at)))
  return rows.map((row) => row.id)
}

/** Active executions of an instance. */
export async function listActiveOf(db: Db, owner: InstanceId): Promise<ExecutionId[]> {
  const rows = await db
    .select({ id: executions.id })
    .from(executions)
    .where(and(eq(executions.owner_id, owner), inArray(executions.status, [...ACTIVE_STATUSES])))
  return rows.map((row) => row.id)
}
