import {
  type AnyTRPCRouter,
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  type inferRouterContext,
} from '@trpc/server'
import type { ClientMessage } from '#shared/ipc.ts'
import { errorReply, type FailedCall } from './error-reply.ts'
import type { FrameWriter } from './frame-writer.ts'
import type { ReportIncident } from './incident.ts'

/** What all calls over one port share. */
export interface CallScope<TRouter extends AnyTRPCRouter> {
  router: TRouter
  /** Made anew for every call. */
  createContext(info: {
    signal: AbortSignal
  }): inferRouterContext<TRouter> | Promise<inferRouterContext<TRouter>>
  writer: FrameWriter
  report: ReportIncident
}

type Call = Extract<ClientMessage, { t: 'call' }>

/** Runs a query or mutation and answers it; a cancelled one is not answered. Never rejects. */
export async function runCall<TRouter extends AnyTRPCRouter>(
  scope: CallScope<TRouter>,
  message: Call,
  signal: AbortSignal,
): Promise<void> {
  const call: FailedCall = { path: message.path, type: message.kind, input: message.input, ctx: undefined }
  try {
    const data = await callProcedure(scope, call, signal)
    if (!signal.aborted) scope.writer.now({ t: 'data', id: message.id, data })
  } catch (cause) {
    replyError(scope, message.id, call, cause, signal)
  }
}

/** Makes the context and calls the procedure; `call` is completed on the way, for the error's shape. */
export async function callProcedure<TRouter extends AnyTRPCRouter>(
  scope: CallScope<TRouter>,
  call: FailedCall,
  signal: AbortSignal,
): Promise<unknown> {
  const ctx = await scope.createContext({ signal })
  call.ctx = ctx
  signal.throwIfAborted()
  return callTRPCProcedure({
    router: scope.router,
    path: call.path,
    type: call.type as 'query',
    ctx,
    signal,
    batchIndex: 0,
    getRawInput: async () => call.input,
  })
}

/** Reports the error and answers with it, unless the window has lost interest. */
export function replyError<TRouter extends AnyTRPCRouter>(
  scope: CallScope<TRouter>,
  id: number,
  call: FailedCall,
  cause: unknown,
  signal: AbortSignal,
): void {
  if (signal.aborted) return
  scope.report({ kind: 'failed', path: call.path, type: call.type, error: getTRPCErrorFromUnknown(cause) })
  scope.writer.now({ t: 'error', id, error: errorReply(scope.router, cause, call) })
}
