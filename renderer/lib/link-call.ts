import { TRPCClientError } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { failureError } from './link-failure.ts'
import { abortError, LinkOperation } from './link-operation.ts'
import type { ReplyMessage } from './port-client.ts'

/**
 * A query or mutation and its one answer. One that was sent is never sent again: when the connection is lost it fails,
 * for nobody knows whether it was done.
 */
export class LinkCall<TRouter extends AnyTRPCRouter> extends LinkOperation<TRouter> {
  opened(): void {
    const { type, path, input } = this.op
    this.id = this.client.register(this)
    this.client.post({
      t: 'call',
      id: this.id,
      kind: type === 'mutation' ? 'mutation' : 'query',
      path,
      input,
    })
  }

  reply(message: ReplyMessage): void {
    if (message.t === 'error') this.fail(TRPCClientError.from({ error: message.error }))
    if (message.t !== 'data' || this.over) return
    this.end()
    this.observer.next({ result: { type: 'data', data: message.data } })
    // No complete(): the client's promise has its value, and would only make an AbortError that nobody sees, which
    // costs as much as all the rest of the call in the window.
  }

  lost(): boolean {
    this.fail(failureError('LOST'))
    return false
  }

  protected override aborted(signal: AbortSignal): void {
    this.fail(abortError(signal))
  }
}
