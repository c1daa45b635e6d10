import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { followLive } from '../lib/live.ts'
import { api } from '../lib/trpc.ts'

/**
 * Forgets what was read when a backup has taken the place of the database, whichever window or app restored it. Returns
 * how often that was: what keeps state of its own is made anew with it.
 */
export function useReplacedDatabase(): number {
  const cache = useQueryClient()
  const [generation, setGeneration] = useState(0)
  useEffect(() => {
    let known: string | null = null
    return followLive<string>({
      lastEventId: '',
      open: (_, handlers) => {
        const subscription = api.database.onReplaced.subscribe(undefined, {
          onStarted: handlers.onStarted,
          onData: (data) => handlers.onData({ id: '', data }),
          onError: handlers.onError,
        })
        return () => subscription.unsubscribe()
      },
      onBatch: (batch) => {
        const last = known
        known = batch.at(-1)?.data ?? known
        if (last === null || last === known) return
        forget(cache)
        setGeneration((count) => count + 1)
      },
    })
  }, [cache])
  return generation
}

/** A board is never asked for twice, so it must go; the rest is read again where it is looked at. */
function forget(cache: QueryClient): void {
  cache.removeQueries({ queryKey: ['board'] })
  cache.removeQueries({ type: 'inactive' })
  void cache.invalidateQueries()
}
