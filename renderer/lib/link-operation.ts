import { type Operation, type OperationResultEnvelope, TRPCClientError } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import type { Observer } from '@trpc/server/observable'
import type { CallId, RejectCode } from '#shared/ipc.ts'
import { failureError } from './link-failure.ts'
import type { Caller, PortClient, ReplyMessage } from './port-client.ts'

export type LinkObserver<TRouter extends AnyTRPCRouter> = Observer<
  OperationResultEnvelope<unknown, TRPCClientError<TRouter>>,
  TRPCClientError<TRouter>
>

/** What calls and subscriptions have in common: one observer, one end, by whichever way. */
export abstract class LinkOperation<TRouter extends AnyTRPCRouter> implements Caller {
  protected readonly client: PortClient
  protected readonly op: Operation
  protected readonly observer: LinkObserver<TRouter>
  /** Changes with every connection. */
  protected id: CallId = 0
  protected over = false

  constructor(client: PortClient, op: Operation, observer: LinkObserver<TRouter>) {
    this.client = client
    this.op = op
    this.observer = observer
  }

  abstract opened(): void
  abstract reply(message: ReplyMessage): void
  abstract lost(): boolean
  /** The operation's signal has aborted and the app has been told. */
  protected abstract aborted(signal: AbortSignal): void

  /** Takes part in the connection, now or when it opens. */
  join(): void {
    this.op.signal?.addEventListener('abort', this.#abort, { once: true })
    this.client.join(this)
  }

  /** The observer has lost interest: tells the app, and nobody else. */
  cancel(): void {
    if (this.over) return
    this.client.post({ t: 'cancel', id: this.id })
    this.end()
  }

  unsendable(): void {
    this.fail(failureError('UNCLONEABLE'))
  }

  closed(reason: RejectCode | 'CLOSED'): void {
    this.fail(failureError(reason))
  }

  protected fail(error: TRPCClientError<TRouter>): void {
    if (this.over) return
    this.end()
    this.observer.error(error)
  }

  protected end(): void {
    this.over = true
    this.client.leave(this, this.id)
    this.op.signal?.removeEventListener('abort', this.#abort)
  }

  readonly #abort = (): void => {
    if (!this.op.signal || this.over) return
    this.client.post({ t: 'cancel', id: this.id })
    this.aborted(this.op.signal)
  }
}

/** The error of a call whose signal aborted; its cause is the signal's reason. */
export function abortError<TRouter extends AnyTRPCRouter>(signal: AbortSignal): TRPCClientError<TRouter> {
  const { reason } = signal
  return TRPCClientError.from(
    reason instanceof Error ? reason : new DOMException('The call was aborted', 'AbortError'),
  )
}
