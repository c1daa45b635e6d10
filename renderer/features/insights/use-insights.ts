import { useQuery } from '@tanstack/react-query'
import type { GetInsights } from '#shared/insights.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'

/** The figures of a board in a range of days; the ones before stay until the new ones are there. */
export function useInsights(input: GetInsights) {
  return useQuery({
    queryKey: keys.insights(input),
    queryFn: ({ signal }) => api.insights.get.query(input, { signal }),
    placeholderData: (before) => before,
    // Work goes on: each visit reads them anew.
    staleTime: 0,
  })
}
