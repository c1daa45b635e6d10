import type { NotificationKind } from '#shared/notification.ts'
import { formatWhole, plural } from '../format.ts'

export const INBOX = {
  title: 'Inbox',
  bell: (unread: number) => (unread === 0 ? 'Inbox' : `Inbox, ${formatWhole(unread)} unread`),
  /** Beside the bell, where there is little room. */
  count: (unread: number) => (unread > 99 ? '99+' : formatWhole(unread)),
  kinds: {
    needs_input: 'Needs you',
    finished: 'Finished',
    failed: 'Failed',
    mentioned: 'Mentions',
    due: 'Due',
  } satisfies Record<NotificationKind, string>,
  allKinds: 'All kinds',
  kind: 'Kind',
  which: 'Which notifications',
  all: 'All',
  unread: 'Unread',
  unreadMark: 'Unread:',
  markAllRead: 'Mark all as read',
  markedAll: (count: number) => `${plural(count, 'notification')} marked as read`,
  didMarkAll: (count: number) => `marked ${plural(count, 'notification')} as read`,
  undo: 'Undo',
  markRead: 'Mark as read',
  markUnread: 'Mark as unread',
  openPage: 'Open the inbox',
  more: 'Show older ones',
  notMarked: 'It could not be marked',
  notRead: 'The inbox could not be read',
  loading: 'Loading the inbox',
  emptyTitle: 'Nothing here yet',
  emptyText:
    'You hear here when agents need you, finish or fail, when somebody mentions you, and of due cards.',
  caughtUpTitle: 'You are caught up',
  caughtUpText: 'Nothing unread. Choose “All” to see what you have read before.',
  noneOfKind: (kind: string) => `No notification is of the kind “${kind}”.`,
} as const
