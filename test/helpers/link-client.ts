import { createTRPCClient, TRPCClientError } from '@trpc/client'
import { type AppRouter, appRouter } from '#electron/api/router.ts'
import { servePort } from '#electron/ipc/serve.ts'
import { ipcLink } from '../../renderer/lib/ipc-link.ts'
import { PortClient } from '../../renderer/lib/port-client.ts'
import { memoryPorts } from './memory-port.ts'
import type { TestApp } from './test-app.ts'

/** The app as a window reaches it: through the real link, both ends in this process. */
export interface LinkClient {
  api: ReturnType<typeof createTRPCClient<AppRouter>>
  close(): void
}

export function openLink({ ctx }: Pick<TestApp, 'ctx'>): LinkClient {
  const client = new PortClient({
    connect: async () => {
      const [ours, theirs] = memoryPorts()
      servePort({ router: appRouter, port: ours, createContext: () => ctx })
      return theirs
    },
  })
  return {
    api: createTRPCClient<AppRouter>({ links: [ipcLink({ client })] }),
    close: () => client.close(),
  }
}

/** The error with which a call was refused, as the window gets it. */
export async function failureOf(call: Promise<unknown>): Promise<TRPCClientError<AppRouter>> {
  const error = await call.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  )
  if (error instanceof TRPCClientError) return error
  throw error
}
