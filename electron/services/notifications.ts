import * as queries from '#db/queries/notifications.ts'
import { UserId } from '#shared/ids.ts'
import type { ListNotifications, MarkNotifications, Notification } from '#shared/notification.ts'
import type { AppContext } from '../context.ts'

type NotificationContext = Pick<AppContext, 'db' | 'wakeups' | 'actor'>

/** The person's own, newest first. */
export function listNotifications(
  ctx: NotificationContext,
  { before, unread_only, kind, limit }: ListNotifications,
): Promise<Notification[]> {
  const page = {
    before: before === undefined ? undefined : BigInt(before),
    unreadOnly: unread_only,
    kind,
    limit,
  }
  return queries.listNotifications(ctx.db, personOf(ctx), page)
}

export function countUnread(ctx: NotificationContext): Promise<number> {
  return queries.countUnread(ctx.db, personOf(ctx))
}

export async function markNotifications(
  ctx: NotificationContext,
  which: MarkNotifications,
  isRead: boolean,
): Promise<{ unread: number }> {
  const ids = 'all' in which ? 'all' : which.ids.map(BigInt)
  await queries.setRead(ctx.db, personOf(ctx), ids, isRead)
  // Other apps of the same person hear of it at their next look: nothing is lost by that.
  ctx.wakeups.wake(`user:${personOf(ctx)}`)
  return { unread: await countUnread(ctx) }
}

/** How many are unread: now, and whenever that may have changed. */
export async function* followUnread(
  ctx: NotificationContext,
  signal: AbortSignal,
): AsyncGenerator<{ unread: number }> {
  using ear = ctx.wakeups.listen(`user:${personOf(ctx)}`)
  while (!signal.aborted) {
    yield { unread: await countUnread(ctx) }
    await ear.heard(signal)
  }
}

function personOf({ actor }: Pick<AppContext, 'actor'>): UserId {
  return UserId.parse(actor().id)
}
