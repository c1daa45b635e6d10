import { useEffect, useState } from 'react'
import type { DatabaseState } from '#shared/health.ts'
import { followLive } from './live.ts'
import { api } from './trpc.ts'

const ANSWERS: DatabaseState = { status: 'answers' }

/** Whether the app's database answers, live. */
export function useDatabase(): DatabaseState {
  const [state, setState] = useState(ANSWERS)
  useEffect(
    () =>
      followLive<DatabaseState>({
        lastEventId: '',
        open: (_, handlers) => {
          const subscription = api.system.onDatabase.subscribe(undefined, {
            onStarted: handlers.onStarted,
            onData: (data) => handlers.onData({ id: '', data }),
            onError: handlers.onError,
          })
          return () => subscription.unsubscribe()
        },
        onBatch: (messages) => setState(messages.at(-1)?.data ?? ANSWERS),
      }),
    [],
  )
  return state
}
