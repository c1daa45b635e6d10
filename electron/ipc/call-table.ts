import { type AnyTRPCRouter, TRPCError } from '@trpc/server'
import type { CallId, ClientMessage, IpcError, ServerMessage } from '#shared/ipc.ts'
import { errorReply, internalError, uncloneableError, unstartedCall } from './error-reply.ts'
import { Pump } from './pump.ts'
import { runCall } from './run-call.ts'
import { eventMessage, runSubscription, type SubscriptionScope } from './run-subscription.ts'

/** The calls and subscriptions under way on one port. */
export interface CallTable {
  begin(message: Extract<ClientMessage, { t: 'call' | 'sub' }>): void
  cancel(id: CallId): void
  grant(id: CallId, n: number): void
  /** What to send in place of a message that could not be cloned. Its subscription is ended. */
  replacement(message: Extract<ServerMessage, { id: CallId }>, cause: unknown): ServerMessage
  cancelAll(): void
  /** Those that have not ended, generators on their way out included. */
  readonly size: number
}

export interface CallLimits {
  maxCredit: number
  maxInFlight: number
}

interface LiveCall {
  path: string
  abort: AbortController
  pump: Pump | null
}

export function createCallTable<TRouter extends AnyTRPCRouter>(
  scope: SubscriptionScope<TRouter>,
  { maxCredit, maxInFlight }: CallLimits,
): CallTable {
  const { router, writer, report } = scope
  const live = new Map<CallId, LiveCall>()

  function refuse(id: CallId, path: string, error: TRPCError): void {
    writer.now({ t: 'error', id, error: errorReply(router, error, unstartedCall(path)) })
  }

  return {
    begin(message) {
      const { id, path } = message
      if (live.has(id)) return refuse(id, path, duplicate(id))
      if (live.size >= maxInFlight) return refuse(id, path, tooMany(maxInFlight))
      const abort = new AbortController()
      const { signal } = abort
      const call: LiveCall = { path, abort, pump: null }
      live.set(id, call) // before any await: an early cancel is never lost
      const forget = () => live.delete(id)
      if (message.t === 'call') return void runCall(scope, message, signal).then(forget)
      const emit = (value: unknown) => writer.soon(eventMessage(id, value))
      call.pump = new Pump({ credit: message.credit, maxCredit, signal, emit, starved: writer.flush })
      void runSubscription(scope, message, call.pump, abort).then(forget)
    },
    cancel(id) {
      live.get(id)?.abort.abort()
    },
    grant(id, n) {
      live.get(id)?.pump?.grant(n)
    },
    replacement(message, cause) {
      const call = live.get(message.id)
      const path = call?.path ?? ''
      const error = uncloneableError(cause)
      report({ kind: 'failed', path, type: 'unknown', error })
      // An error that cannot be cloned was made by the router's formatter: do not ask it again.
      const reply: IpcError =
        message.t === 'error'
          ? internalError(error.message, path)
          : errorReply(router, error, unstartedCall(path))
      queueMicrotask(() => call?.abort.abort()) // after the reply is out: a `stopped` must not overtake it
      return { t: 'error', id: message.id, error: reply }
    },
    cancelAll() {
      for (const call of live.values()) call.abort.abort()
    },
    get size() {
      return live.size
    },
  }
}

function duplicate(id: CallId): TRPCError {
  return new TRPCError({ code: 'BAD_REQUEST', message: `Call ${id} is already under way` })
}

function tooMany(max: number): TRPCError {
  return new TRPCError({
    code: 'TOO_MANY_REQUESTS',
    message: `More than ${max} calls at once: wait for some to end`,
  })
}
