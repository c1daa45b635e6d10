import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { followLive } from '../../lib/live.ts'
import { keys } from '../../lib/query-keys.ts'
import { readAnew } from '../../lib/read-anew.ts'
import { api } from '../../lib/trpc.ts'

/** Keeps the number of unread notifications and all lists of them up to date; once in a window. */
export function useInboxLive(): void {
  const cache = useQueryClient()
  useEffect(
    () =>
      followLive<{ unread: number }>({
        lastEventId: '',
        open: (_, handlers) => {
          const subscription = api.notifications.onChange.subscribe(undefined, {
            onStarted: handlers.onStarted,
            onData: (data) => handlers.onData({ id: '', data }),
            onError: handlers.onError,
          })
          return () => subscription.unsubscribe()
        },
        onBatch: (batch) => {
          cache.setQueryData<number>(keys.unread, batch.at(-1)?.data.unread)
          void readAnew(cache, keys.notifications)
        },
        flushMs: 100,
      }),
    [cache],
  )
}

/** How many notifications are unread; 0 until that is known. */
export function useUnread(): number {
  // It is only ever told by useInboxLive.
  return useQuery<number>({ queryKey: keys.unread, queryFn: () => 0, enabled: false }).data ?? 0
}
