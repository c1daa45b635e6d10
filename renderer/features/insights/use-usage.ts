import { useQuery } from '@tanstack/react-query'
import type { UsageQuery } from '#shared/budget.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'

/** Agents use more while it is looked at. */
const LOOK_AGAIN_MS = 10_000

/** What models used in a range of days; the figures before stay until the new ones are there. */
export function useUsage(input: UsageQuery) {
  return useQuery({
    queryKey: keys.usage(input),
    queryFn: ({ signal }) => api.usage.summary.query(input, { signal }),
    placeholderData: (before) => before,
    staleTime: 0,
    refetchInterval: LOOK_AGAIN_MS,
  })
}
