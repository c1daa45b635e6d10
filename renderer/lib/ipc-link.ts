import type { TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import { LinkCall } from './link-call.ts'
import { abortError } from './link-operation.ts'
import { LinkSubscription } from './link-subscription.ts'
import type { PortClient } from './port-client.ts'

export interface IpcLinkOptions {
  client: PortClient
  /** How many events the app may send ahead of what this window has handled, for each subscription. Default 256. */
  credit?: number
}

/**
 * The last link of a tRPC client: sends its calls over the connection. Values are structured clones in both directions:
 * dates, maps, sets, bigints and byte arrays arrive as such, and a transformer is neither needed nor used.
 */
export function ipcLink<TRouter extends AnyTRPCRouter>({
  client,
  credit = 256,
}: IpcLinkOptions): TRPCLink<TRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        if (op.signal?.aborted) {
          observer.error(abortError(op.signal))
          return
        }
        const operation =
          op.type === 'subscription'
            ? new LinkSubscription<TRouter>(client, op, observer, credit)
            : new LinkCall<TRouter>(client, op, observer)
        operation.join()
        return () => operation.cancel()
      })
}
