import { and, asc, desc, eq, gt, lt, max, type SQL } from 'drizzle-orm'
import { Activity } from '#shared/activity.ts'
import type { Actor } from '#shared/actor.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { activityLogs } from '../schema/ledger.ts'

/** Of a whole board, or of one card on it; of everybody, or of one kind of actor. */
export interface ActivityOf {
  boardId: BoardId
  taskId?: TaskId | undefined
  actorType?: Actor['type'] | undefined
}

/** Newest first, of those before an id. */
export async function listActivity(
  db: Db,
  of: ActivityOf,
  { before, limit }: { before?: bigint | undefined; limit: number },
): Promise<Activity[]> {
  const rows = await db
    .select()
    .from(activityLogs)
    .where(and(isOf(of), before === undefined ? undefined : lt(activityLogs.id, before)))
    .orderBy(desc(activityLogs.id))
    .limit(limit)
  return rows.map(present)
}

/** Oldest first, of those after an id. */
export async function readActivity(
  db: Db,
  of: ActivityOf,
  after: bigint,
  limit: number,
): Promise<{ id: bigint; activity: Activity }[]> {
  const rows = await db
    .select()
    .from(activityLogs)
    .where(and(isOf(of), gt(activityLogs.id, after)))
    .orderBy(asc(activityLogs.id))
    .limit(limit)
  return rows.map((row) => ({ id: row.id, activity: present(row) }))
}

/** The id of the newest; 0 when there is none. */
export async function lastActivityId(db: Db, of: ActivityOf): Promise<bigint> {
  const [row] = await db
    .select({ id: max(activityLogs.id) })
    .from(activityLogs)
    .where(isOf(of))
  return row?.id ?? 0n
}

function isOf({ boardId, taskId, actorType }: ActivityOf): SQL | undefined {
  return and(
    eq(activityLogs.board_id, boardId),
    taskId === undefined ? undefined : eq(activityLogs.task_id, taskId),
    actorType === undefined ? undefined : eq(activityLogs.actor_type, actorType),
  )
}

function present({ actor_type, actor_id, actor_name, ...row }: typeof activityLogs.$inferSelect): Activity {
  const actor = { type: actor_type, id: actor_id, name: actor_name }
  return Activity.parse({ ...row, id: String(row.id), actor })
}
