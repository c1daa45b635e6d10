import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { FileChange } from '#shared/diff.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'

/** The rounds that are compared; null: the last two. */
export interface RoundChoice {
  from: number | null
  to: number | null
}

/** Two rounds side by side; read again when another one is finished. */
export function useRoundComparison({ id, iteration, status }: ExecutionSummary, { from, to }: RoundChoice) {
  return useQuery({
    queryKey: keys.rounds(id, from, to, `${iteration}:${status}`),
    queryFn: ({ signal }) =>
      api.executions.compareRounds.query(
        { id, ...(from !== null && { from }), ...(to !== null && { to }) },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
}

/** One file between two rounds, read when it is looked at. */
export function useRoundPatch(
  id: ExecutionId,
  { from, to }: { from: number; to: number },
  file: FileChange,
  isOpen: boolean,
) {
  return useQuery({
    queryKey: keys.roundPatch(id, from, to, file.path),
    queryFn: ({ signal }) => api.executions.roundPatch.query({ id, from, to, path: file.path }, { signal }),
    enabled: isOpen && !file.is_binary,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
