import { type Operation, TRPCClientError } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import type { RejectCode } from '#shared/ipc.ts'
import { failureError } from './link-failure.ts'
import { type LinkObserver, LinkOperation } from './link-operation.ts'
import type { PortClient, ReplyMessage } from './port-client.ts'

/**
 * A subscription, over as many connections as it takes: after a lost one it starts again behind the last tracked event
 * that arrived. Orders `credit` events ahead, and more as the observer has handled half of them.
 */
export class LinkSubscription<TRouter extends AnyTRPCRouter> extends LinkOperation<TRouter> {
  readonly #credit: number
  #handled = 0
  #lastEventId: string | undefined

  constructor(client: PortClient, op: Operation, observer: LinkObserver<TRouter>, credit: number) {
    super(client, op, observer)
    this.#credit = credit
  }

  override join(): void {
    this.#show('connecting')
    if (!this.over) super.join()
  }

  opened(): void {
    const { path, input } = this.op
    this.id = this.client.register(this)
    this.#handled = 0
    this.client.post({
      t: 'sub',
      id: this.id,
      path,
      input,
      lastEventId: this.#lastEventId,
      credit: this.#credit,
    })
  }

  reply(message: ReplyMessage): void {
    if (this.over) return
    if (message.t === 'event') this.#deliver(message)
    else if (message.t === 'error') this.fail(TRPCClientError.from({ error: message.error }))
    else if (message.t === 'started') this.#started()
    else if (message.t === 'stopped') this.#stopped()
  }

  lost(): boolean {
    this.#show('connecting', failureError('LOST'))
    return !this.over // the observer may just have left
  }

  override closed(reason: RejectCode | 'CLOSED'): void {
    this.#show('idle')
    super.closed(reason)
  }

  protected override aborted(): void {
    this.#stopped()
  }

  #deliver({ eventId, data }: Extract<ReplyMessage, { t: 'event' }>): void {
    if (eventId !== undefined) this.#lastEventId = eventId
    try {
      this.observer.next({ result: { type: 'data', data, ...(eventId !== undefined && { id: eventId }) } })
    } catch (error) {
      reportError(error) // a listener's bug must not end the stream
    }
    if (this.over || ++this.#handled < this.#credit / 2) return
    this.client.post({ t: 'credit', id: this.id, n: this.#handled })
    this.#handled = 0
  }

  #started(): void {
    this.#show('pending')
    this.observer.next({ result: { type: 'started' }, context: this.op.context })
  }

  #stopped(): void {
    this.observer.next({ result: { type: 'stopped' } })
    this.#show('idle')
    if (this.over) return
    this.end()
    this.observer.complete()
  }

  #show(state: 'connecting' | 'pending' | 'idle', error: TRPCClientError<TRouter> | null = null): void {
    if (this.over) return
    if (state === 'connecting') this.observer.next({ result: { type: 'state', state, error } })
    else this.observer.next({ result: { type: 'state', state, error: null } })
  }
}
