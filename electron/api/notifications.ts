import { ListNotifications, MarkNotifications } from '#shared/notification.ts'
import * as notifications from '../services/notifications.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const notificationsRouter = router({
  list: procedure
    .input(ListNotifications)
    .query(({ ctx, input }) => notifications.listNotifications(ctx, input)),
  markRead: procedure
    .input(MarkNotifications)
    .mutation(({ ctx, input }) => notifications.markNotifications(ctx, input, true)),
  markUnread: procedure
    .input(MarkNotifications)
    .mutation(({ ctx, input }) => notifications.markNotifications(ctx, input, false)),
  /** The number of unread ones, now and at each change; then the list may be read anew. */
  onChange: procedure.subscription(({ ctx, signal }) => notifications.followUnread(ctx, signalOf(signal))),
})
