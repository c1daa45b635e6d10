import { useQuery } from '@tanstack/react-query'
import type { InterruptedMerge } from '#shared/diff.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'

/** What of a merge or its revert is in a plain folder, when that was interrupted; null: the folder is whole. */
export function useInterrupted(execution: ExecutionSummary): InterruptedMerge | null {
  const { id, status, resolution, base_branch, updated_at } = execution
  // A repository is never changed by halves, and only a folder that is none has no branch.
  const isOpen = !isActive(status) && resolution !== 'discarded' && base_branch === null
  const { data } = useQuery({
    queryKey: keys.interruptedMerge(id, updated_at.getTime()),
    queryFn: ({ signal }) => api.executions.interruptedMerge.query({ id }, { signal }),
    enabled: isOpen,
    staleTime: 0,
    placeholderData: (before) => before,
  })
  return isOpen ? (data ?? null) : null
}
