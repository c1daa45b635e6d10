import * as queries from '#db/queries/notifications.ts'
import { tellListeners } from '#db/queries/outbox.ts'
import { inTransaction } from '#db/transaction.ts'
import { UserId } from '#shared/ids.ts'
import {
  type ListNotifications,
  type MarkNotifications,
  type Notification,
  NotificationKind,
} from '#shared/notification.ts'
import type { AppContext } from '../context.ts'

type NotificationContext = Pick<AppContext, 'db' | 'wakeups' | 'actor' | 'preferences'>

/** The person's own, of the kinds that they want in their inbox, newest first. */
export function listNotifications(
  ctx: NotificationContext,
  { before, unread_only, kind, limit }: ListNotifications,
): Promise<Notification[]> {
  return queries.listNotifications(ctx.db, personOf(ctx), {
    before: before === undefined ? undefined : BigInt(before),
    unreadOnly: unread_only,
    kinds: kindsFor(ctx, 'inbox').filter((one) => kind === undefined || one === kind),
    limit,
  })
}

export function countUnread(ctx: NotificationContext): Promise<number> {
  return queries.countUnread(ctx.db, personOf(ctx), kindsFor(ctx, 'inbox'))
}

export async function markNotifications(
  ctx: NotificationContext,
  which: MarkNotifications,
  isRead: boolean,
): Promise<{ unread: number; marked: string[] }> {
  const ids = 'all' in which ? 'all' : which.ids.map(BigInt)
  const marked = await inTransaction(ctx.db, async (tx) => {
    const changed = await queries.setRead(tx, personOf(ctx), ids, isRead)
    await tellListeners(tx, `user:${personOf(ctx)}`) // other apps of the same person
    return changed
  })
  ctx.wakeups.wake(`user:${personOf(ctx)}`)
  return { unread: await countUnread(ctx), marked }
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

/** The kinds that the person wants to hear of in one way. */
export function kindsFor(
  { preferences }: Pick<AppContext, 'preferences'>,
  way: 'inbox' | 'native',
): NotificationKind[] {
  const { notify } = preferences.get()
  return NotificationKind.options.filter((kind) => notify[kind][way])
}

export function personOf({ actor }: Pick<AppContext, 'actor'>): UserId {
  return UserId.parse(actor().id)
}
