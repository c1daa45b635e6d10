import { and, count, desc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { ExecutionId, UserId } from '#shared/ids.ts'
import { Notification, NotificationKind } from '#shared/notification.ts'
import type { Db } from '../client.ts'
import { notifications } from '../schema/notifications.ts'

export interface NewNotification extends Omit<Notification, 'id' | 'read_at' | 'created_at'> {
  user_id: UserId
  /** What tells one occasion from another: the same is told once. */
  occasion: string
}

/** Those of an occasion that was told already are left out. Answers what was added. */
export async function insertNotifications(tx: Db, rows: NewNotification[]): Promise<NewNotification[]> {
  if (rows.length === 0) return []
  const added = await tx
    .insert(notifications)
    .values(rows)
    .onConflictDoNothing()
    .returning({ user_id: notifications.user_id, occasion: notifications.occasion })
  return rows.filter((row) =>
    added.some((one) => one.user_id === row.user_id && one.occasion === row.occasion),
  )
}

export const ALL_KINDS = NotificationKind.options

export interface NotificationFilter {
  before?: bigint | undefined
  unreadOnly: boolean
  kinds: readonly NotificationKind[]
  limit: number
}

/** Newest first. */
export async function listNotifications(
  db: Db,
  userId: UserId,
  { before, unreadOnly, kinds, limit }: NotificationFilter,
): Promise<Notification[]> {
  const rows = await db
    .select()
    .from(notifications)
    .where(
      and(
        eq(notifications.user_id, userId),
        inArray(notifications.kind, [...kinds]),
        before === undefined ? undefined : lt(notifications.id, before),
        unreadOnly ? isNull(notifications.read_at) : undefined,
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(limit)
  return rows.map((row) => Notification.parse({ ...row, id: String(row.id) }))
}

export async function countUnread(
  db: Db,
  userId: UserId,
  kinds: readonly NotificationKind[],
): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(notifications)
    .where(
      and(
        eq(notifications.user_id, userId),
        inArray(notifications.kind, [...kinds]),
        isNull(notifications.read_at),
      ),
    )
  return row?.count ?? 0
}

/** Of all of a person's, or of some; gives those that it has changed. */
export async function setRead(
  db: Db,
  userId: UserId,
  ids: bigint[] | 'all',
  isRead: boolean,
): Promise<string[]> {
  const rows = await db
    .update(notifications)
    .set({ read_at: isRead ? sql`now()` : null })
    .where(
      and(
        eq(notifications.user_id, userId),
        ids === 'all' ? undefined : inArray(notifications.id, ids),
        isRead ? isNull(notifications.read_at) : isNotNull(notifications.read_at),
      ),
    )
    .returning({ id: notifications.id })
  return rows.map(({ id }) => String(id))
}

/** What was told of an execution is no news any more; gives whose count it changes. */
export async function settleNotifications(tx: Db, executionId: ExecutionId): Promise<UserId[]> {
  const rows = await tx
    .update(notifications)
    .set({ read_at: sql`now()` })
    .where(and(eq(notifications.execution_id, executionId), isNull(notifications.read_at)))
    .returning({ user_id: notifications.user_id })
  return [...new Set(rows.map((row) => row.user_id))]
}
