import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { followLive } from '../../lib/live.ts'
import { keys } from '../../lib/query-keys.ts'
import { readAnew } from '../../lib/read-anew.ts'
import { api } from '../../lib/trpc.ts'

/** How the boards are read. */
export const boardsQuery = queryOptions({
  queryKey: keys.boards,
  queryFn: ({ signal }) => api.boards.list.query(undefined, { signal }),
})

/** All boards, kept up to date while this is mounted. */
export function useBoards() {
  const cache = useQueryClient()
  useEffect(
    () =>
      followLive<'changed'>({
        lastEventId: '',
        open: (_, handlers) => {
          const subscription = api.boards.onListChange.subscribe(undefined, {
            onStarted: handlers.onStarted,
            onData: (data) => handlers.onData({ id: '', data }),
            onError: handlers.onError,
          })
          return () => subscription.unsubscribe()
        },
        onBatch: () => void readAnew(cache, keys.boards),
        flushMs: 250,
      }),
    [cache],
  )
  return useQuery(boardsQuery)
}
