import { type AnyTRPCRouter, isTrackedEnvelope, TRPCError } from '@trpc/server'
import { isObservable, observableToAsyncIterable } from '@trpc/server/observable'
import type { CallId, ClientMessage, ServerMessage } from '#shared/ipc.ts'
import type { FailedCall } from './error-reply.ts'
import type { Pump } from './pump.ts'
import { type CallScope, callProcedure, replyError } from './run-call.ts'

type Subscribe = Extract<ClientMessage, { t: 'sub' }>

export interface SubscriptionScope<TRouter extends AnyTRPCRouter> extends CallScope<TRouter> {
  /** How long a generator may take to end, in milliseconds, before it is reported as deaf. */
  deafMs: number
}

/**
 * Runs a subscription to its end: `started`, events, then `stopped` or `error`. A cancelled one is answered `stopped` at
 * once, however long its generator takes to end. Resolves when the generator has ended; never rejects.
 */
export async function runSubscription<TRouter extends AnyTRPCRouter>(
  scope: SubscriptionScope<TRouter>,
  message: Subscribe,
  pump: Pump,
  abort: AbortController,
): Promise<void> {
  const { id, path } = message
  const { signal } = abort
  const call: FailedCall = { path, type: 'subscription', input: withLastEventId(message), ctx: undefined }
  const stopped = (reason: 'done' | 'cancelled') => scope.writer.now({ t: 'stopped', id, reason })
  const cancelled = () => stopped('cancelled')
  signal.addEventListener('abort', cancelled, { once: true })
  let source: AsyncIterator<unknown> | undefined
  try {
    const result = await callProcedure(scope, call, signal)
    source = toIterator(path, result, signal)
    signal.throwIfAborted()
    scope.writer.now({ t: 'started', id })
    if (await pump.run(source)) stopped('done')
  } catch (cause) {
    replyError(scope, id, call, cause, signal)
  } finally {
    signal.removeEventListener('abort', cancelled)
    abort.abort() // wakes whatever in the generator waits on the signal
    await endSource(scope, path, source)
  }
}

/** The event as it goes on the wire; a tracked one keeps its id, so that the window can resume after it. */
export function eventMessage(id: CallId, value: unknown): ServerMessage {
  if (!isTrackedEnvelope(value)) return { t: 'event', id, data: value }
  const [eventId, data] = value
  return { t: 'event', id, eventId, data: { id: eventId, data } }
}

/** tRPC's convention: a resumed subscription finds the last id that it sent in its input. */
function withLastEventId({ input, lastEventId }: Subscribe): unknown {
  if (lastEventId === undefined) return input
  if (input === undefined || input === null) return { lastEventId }
  return typeof input === 'object' && !Array.isArray(input) ? { ...input, lastEventId } : input
}

function toIterator(path: string, result: unknown, signal: AbortSignal): AsyncIterator<unknown> {
  const iterable = isObservable(result) ? observableToAsyncIterable(result, signal) : result
  if (typeof iterable === 'object' && iterable !== null && Symbol.asyncIterator in iterable) {
    return (iterable as AsyncIterable<unknown>)[Symbol.asyncIterator]()
  }
  const message = `${path} is a subscription but returns nothing that can be iterated`
  throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message })
}

async function endSource<TRouter extends AnyTRPCRouter>(
  { deafMs, report }: SubscriptionScope<TRouter>,
  path: string,
  source: AsyncIterator<unknown> | undefined,
): Promise<void> {
  if (source?.return === undefined) return
  const timer = setTimeout(() => report({ kind: 'deaf', path, afterMs: deafMs }), deafMs)
  timer.unref?.()
  try {
    await source.return()
  } catch (cause) {
    const message = `${path} failed while it ended`
    report({
      kind: 'failed',
      path,
      type: 'subscription',
      error: new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message, cause }),
    })
  } finally {
    clearTimeout(timer)
  }
}
