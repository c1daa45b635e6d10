import { useEffect, useState } from 'react'
import type { ExecutionEvent } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { errorFacts } from '../../lib/error-text.ts'
import { followLive, type LiveStatus } from '../../lib/live.ts'
import { api } from '../../lib/trpc.ts'
import { EMPTY_TRANSCRIPT, foldTranscript, type Transcript } from './fold-transcript.ts'

/** What the agents of an execution did and do, from the first line or after a sequence number; null follows nothing. */
export function useTranscript(
  id: ExecutionId | null,
  after = 0,
): { transcript: Transcript; status: LiveStatus } {
  const [transcript, setTranscript] = useState(EMPTY_TRANSCRIPT)
  const [status, setStatus] = useState<LiveStatus>('connecting')
  useEffect(() => {
    setTranscript(EMPTY_TRANSCRIPT)
    if (id === null) return
    return followLive<ExecutionEvent>({
      lastEventId: String(after),
      open: (lastEventId, handlers) => {
        const subscription = api.executions.onEvent.subscribe(
          { executionId: id, lastEventId },
          {
            onStarted: handlers.onStarted,
            onData: handlers.onData,
            onError: handlers.onError,
            onConnectionStateChange: ({ state, error }) => {
              if (state === 'connecting' && error) handlers.onLost()
            },
          },
        )
        return () => subscription.unsubscribe()
      },
      onBatch: (lines) => {
        const events = lines.map((line) => line.data)
        setTranscript((before) => foldTranscript(before, events))
      },
      onStatus: setStatus,
      isFinal: (error) => errorFacts(error).code === 'NOT_FOUND',
    })
  }, [id, after])
  return { transcript, status }
}
