import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { RunningExecution } from '#shared/running.ts'
import { followLive } from '../../lib/live.ts'
import { keys } from '../../lib/query-keys.ts'
import { readAnew } from '../../lib/read-anew.ts'
import { api } from '../../lib/trpc.ts'

/** Keeps what is at work on all boards up to date; once in a window. */
export function useRunningLive(): void {
  const cache = useQueryClient()
  useEffect(
    () =>
      followLive<RunningExecution[]>({
        lastEventId: '',
        open: (_, handlers) => {
          const subscription = api.executions.onRunning.subscribe(undefined, {
            onStarted: handlers.onStarted,
            onData: (data) => handlers.onData({ id: '', data }),
            onError: handlers.onError,
          })
          return () => subscription.unsubscribe()
        },
        onBatch: (batch) => {
          cache.setQueryData<RunningExecution[]>(keys.running, batch.at(-1)?.data)
          void readAnew(cache, keys.queue) // who has begun waits no more
        },
      }),
    [cache],
  )
}

/** Everything that is at work or waits, over all boards. */
export function useRunning() {
  return useQuery({
    queryKey: keys.running,
    queryFn: ({ signal }) => api.executions.running.query(undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
