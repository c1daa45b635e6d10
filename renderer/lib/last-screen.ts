import { queryOptions, useQuery } from '@tanstack/react-query'
import { questionKey } from '#shared/first-questions.ts'
import type { LastScreen } from '#shared/last-screen.ts'

/** The answer that was given last time; undefined: there is none. */
export function lastAnswer<T>(screen: LastScreen, path: string, input?: unknown): T | undefined {
  return screen[questionKey(path, input)] as T | undefined
}

/** Whether what is shown is still that of last time. */
export const lastScreenQuery = queryOptions({
  queryKey: ['last-screen'] as const,
  queryFn: () => false,
  enabled: false,
  initialData: false,
})

export function useLastScreen(): boolean {
  return useQuery(lastScreenQuery).data
}
