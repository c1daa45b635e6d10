import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MarkNotifications, NotificationKind } from '#shared/notification.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'

const PAGE = 50

export interface InboxFilter {
  isUnreadOnly: boolean
  kind: NotificationKind | 'all'
}

/** What the person was told, newest first, page by page into the past. */
export function useNotifications({ isUnreadOnly, kind }: InboxFilter) {
  const query = useInfiniteQuery({
    queryKey: [...keys.notifications, isUnreadOnly, kind],
    queryFn: ({ pageParam, signal }) =>
      api.notifications.list.query(
        {
          limit: PAGE,
          unread_only: isUnreadOnly,
          ...(kind !== 'all' && { kind }),
          ...(pageParam !== null && { before: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.id),
  })
  return { ...query, items: useMemo(() => query.data?.pages.flat() ?? [], [query.data]) }
}

/** Marks notifications as read or unread; the lists follow by themselves. */
export function useMarkNotifications() {
  const failed = texts.inbox.notMarked
  const read = useAction((which: MarkNotifications) => api.notifications.markRead.mutate(which), { failed })
  const unread = useAction((which: MarkNotifications) => api.notifications.markUnread.mutate(which), {
    failed,
  })
  return { markRead: read.mutate, markUnread: unread.mutate }
}
