import { useQuery } from '@tanstack/react-query'
import type { ExecutionSummary, QueuedExecution } from '#shared/execution.ts'
import { keys } from './query-keys.ts'
import { api } from './trpc.ts'

/** What it says is this old at most, milliseconds: reasons change with what others do. */
const FRESH_MS = 3_000

/** Places in the queue and why something waits: one reading for all that ask. */
export function useQueue(isAsked: boolean) {
  return useQuery({
    queryKey: keys.queue,
    queryFn: ({ signal }) => api.executions.queue.query(undefined, { signal }),
    enabled: isAsked,
    refetchInterval: FRESH_MS,
  })
}

/** The place of an execution in the queue; null: it is not known to wait. One that was resumed waits as a new one does. */
export function useQueued({ id, status }: Pick<ExecutionSummary, 'id' | 'status'>): QueuedExecution | null {
  const { data } = useQueue(status === 'pending' || status === 'running')
  return data?.find(({ execution_id }) => execution_id === id) ?? null
}
