import { useQuery } from '@tanstack/react-query'
import type { HalfMerged } from '#shared/diff.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import { keys } from './query-keys.ts'
import { api } from './trpc.ts'

/** What of a result stopped half-way in a plain folder, for where many cards are shown: one question for all of them. */
export function useHalfMerged(execution: ExecutionSummary | null): HalfMerged['direction'] | null {
  const isAsked = execution !== null && mayBeHalfMerged(execution)
  const { data } = useQuery({
    queryKey: keys.halfMerged,
    queryFn: ({ signal }) => api.executions.halfMerged.query(undefined, { signal }),
    enabled: isAsked,
    select: (all) => all.find(({ execution_id }) => execution_id === execution?.id)?.direction ?? null,
  })
  return isAsked ? (data ?? null) : null
}

/** A repository is never changed by halves, and only a folder that is none has no branch. */
export function mayBeHalfMerged({
  status,
  resolution,
  base_branch,
  head_commit,
}: Pick<ExecutionSummary, 'status' | 'resolution' | 'base_branch' | 'head_commit'>): boolean {
  return !isActive(status) && resolution !== 'discarded' && base_branch === null && head_commit !== null
}
