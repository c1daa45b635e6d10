import { useQuery } from '@tanstack/react-query'
import type { ExecutionSummary } from '#shared/execution.ts'
import { isOutOfBudget } from './execution-state.ts'
import { keys } from './query-keys.ts'
import { api } from './trpc.ts'

/** Limits are raised elsewhere, and a month ends, while a run that they stopped is looked at. */
const LOOK_AGAIN_MS = 5_000

/** What bounds the calls of a run, as its next call would find it; asked for while a budget has stopped it. */
export function useLimits(execution: ExecutionSummary) {
  return useQuery({
    queryKey: keys.executionLimits(execution.id, execution.updated_at.getTime()),
    queryFn: () => api.executions.limits.query({ id: execution.id }),
    enabled: isOutOfBudget(execution) && execution.resolution === 'none',
    staleTime: 0,
    refetchInterval: LOOK_AGAIN_MS,
  })
}

/**
 * Whether a run would be stopped again at once: nothing is left of a limit that holds for it. While that is not known, what
 * stopped it still does; an agent of one's own plan may also stop by a limit that only it knows, and then it can go on.
 */
export function useIsUsedUp(execution: ExecutionSummary): boolean {
  const { data } = useLimits(execution)
  if (!isOutOfBudget(execution) || execution.resolution !== 'none') return false
  return data ? data.some((limit) => limit.is_used_up) : true
}

/** Whether a new run on the same card would be stopped at once as well: it has a limit of its own, but the month's are used up. */
export function useIsMonthUsedUp(execution: ExecutionSummary): boolean {
  const { data } = useLimits(execution)
  return data?.some((limit) => limit.scope !== 'execution' && limit.is_used_up) ?? false
}
