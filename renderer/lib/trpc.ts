import { notifyManager, QueryClient } from '@tanstack/react-query'
import { createTRPCClient, TRPCClientError } from '@trpc/client'
import type { AppRouter } from '#electron/api/router.ts'
import { connection } from './connection.ts'
import { firstAnswers } from './first-answers.ts'
import { firstAnswersLink } from './first-answers-link.ts'
import { ipcLink } from './ipc-link.ts'

/** Typed calls: `api.boards.list.query()`. */
export const api = createTRPCClient<AppRouter>({
  links: [firstAnswersLink(firstAnswers), ipcLink({ client: connection })],
})

// What changes is drawn with the event that changed it: a timer, as by default, may come a frame later.
notifyManager.setScheduler(queueMicrotask)

/** Outages are tried again, refusals are not; a desktop app is never "offline". */
function retry(count: number, error: unknown): boolean {
  return error instanceof TRPCClientError && error.data?.code === 'SERVICE_UNAVAILABLE' && count < 3
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', refetchOnWindowFocus: false, staleTime: 5_000, retry },
    mutations: { networkMode: 'always' },
  },
})
