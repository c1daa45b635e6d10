import { useQuery } from '@tanstack/react-query'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'

const MOST = 50

/** The cards of all boards that hold the words. What was found before stays until the answer is there. */
export function useSearch(text: string) {
  return useQuery({
    queryKey: keys.search(text),
    queryFn: ({ signal }) => api.search.cards.query({ text, limit: MOST }, { signal }),
    enabled: text !== '',
    placeholderData: (before) => (text === '' ? undefined : before),
    // Cards change meanwhile: what was found is looked for again each time.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
}
