import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { Approval, ApprovalItem, type ApprovalStatus } from '#shared/approval.ts'
import type { ApprovalId, BoardId, ExecutionId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { approvals } from '../schema/agents.ts'
import { boards, tasks } from '../schema/boards.ts'
import { storable } from '../storable.ts'

export type NewApproval = typeof approvals.$inferInsert

export async function insertApproval(tx: Db, values: NewApproval): Promise<Approval> {
  const [row] = await tx.insert(approvals).values(storable(values)).returning()
  return Approval.parse(row)
}

export async function findApproval(db: Db, id: ApprovalId): Promise<Approval | null> {
  const [row] = await db.select().from(approvals).where(eq(approvals.id, id))
  return row ? Approval.parse(row) : null
}

export interface ApprovalFilter {
  boardId?: BoardId | undefined
  executionId?: ExecutionId | undefined
  /** False: those that have been answered or withdrawn. */
  pending: boolean
  limit: number
}

/** Of cards that are on their boards. Pending ones oldest first, the others newest first. */
export async function listApprovals(db: Db, filter: ApprovalFilter): Promise<ApprovalItem[]> {
  const { boardId, executionId, pending, limit } = filter
  const rows = await db
    .select({
      approval: approvals,
      key: boards.key,
      board: boards.name,
      number: tasks.number,
      task: tasks.title,
    })
    .from(approvals)
    .innerJoin(boards, eq(boards.id, approvals.board_id))
    .innerJoin(tasks, eq(tasks.id, approvals.task_id))
    .where(
      and(
        pending ? eq(approvals.status, 'pending') : sql`${approvals.status} <> 'pending'`,
        boardId ? eq(approvals.board_id, boardId) : undefined,
        executionId ? eq(approvals.execution_id, executionId) : undefined,
        isNull(boards.deleted_at),
        isNull(tasks.deleted_at),
      ),
    )
    .orderBy(pending ? asc(approvals.created_at) : desc(approvals.created_at), asc(approvals.id))
    .limit(limit)
  return rows.map(({ approval, key, board, number, task }) =>
    ApprovalItem.parse({
      ...approval,
      task_key: `${key}-${number}`,
      task_title: task,
      board_name: board,
      proposed_rules: [],
    }),
  )
}

/** Over all boards. */
export async function countPending(db: Db): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(approvals)
    .innerJoin(boards, eq(boards.id, approvals.board_id))
    .innerJoin(tasks, eq(tasks.id, approvals.task_id))
    .where(and(eq(approvals.status, 'pending'), isNull(boards.deleted_at), isNull(tasks.deleted_at)))
  return row?.count ?? 0
}

/** Only while it is pending: the database decides a race. Null: somebody else was faster, or nobody waits any more. */
export async function endApproval(
  tx: Db,
  id: ApprovalId,
  values: { status: ApprovalStatus } & Partial<NewApproval>,
): Promise<Approval | null> {
  const [row] = await tx
    .update(approvals)
    .set(storable(values))
    .where(and(eq(approvals.id, id), eq(approvals.status, 'pending')))
    .returning()
  return row ? Approval.parse(row) : null
}

/** Those of an execution that nobody waits for any more: all, or these. Gives what was withdrawn. */
export async function withdrawApprovals(
  tx: Db,
  executionId: ExecutionId,
  which: 'all' | ApprovalId[],
): Promise<Approval[]> {
  if (which.length === 0) return []
  const rows = await tx
    .update(approvals)
    .set({ status: 'withdrawn' })
    .where(
      and(
        eq(approvals.execution_id, executionId),
        eq(approvals.status, 'pending'),
        which === 'all' ? undefined : inArray(approvals.id, which),
      ),
    )
    .returning()
  return rows.map((row) => Approval.parse(row))
}

/** Questions of agents of this execution that are still without an answer. */
export async function countOpenPermissions(tx: Db, executionId: ExecutionId): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(approvals)
    .where(
      and(
        eq(approvals.execution_id, executionId),
        eq(approvals.status, 'pending'),
        eq(approvals.kind, 'permission'),
      ),
    )
  return row?.count ?? 0
}
