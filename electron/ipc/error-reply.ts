import {
  type AnyTRPCRouter,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
  type TRPCProcedureType,
} from '@trpc/server'
import type { IpcError } from '#shared/ipc.ts'

/** As much of a call as was known when it failed. */
export interface FailedCall {
  path: string
  type: TRPCProcedureType | 'unknown'
  input: unknown
  ctx: unknown
}

/** JSON-RPC's number for an internal error, which tRPC uses. */
const INTERNAL = -32603

/** The error as the window gets it: shaped by the router's formatter or, when that throws too, a plain internal error. */
export function errorReply(router: AnyTRPCRouter, cause: unknown, call: FailedCall): IpcError {
  const error = getTRPCErrorFromUnknown(cause)
  try {
    return getTRPCErrorShape({ config: router._def._config, error, ...call }) as IpcError
  } catch {
    return internalError('Something broke, and so did the description of it', call.path)
  }
}

/** An answer that needs no formatter and can always be cloned. */
export function internalError(message: string, path: string): IpcError {
  return { code: INTERNAL, message, data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, path } }
}

/** For a call that failed before its procedure was reached. */
export function unstartedCall(path: string): FailedCall {
  return { path, type: 'unknown', input: undefined, ctx: undefined }
}

/** The answer could not cross the port: it holds a function, a proxy or the like. */
export function uncloneableError(cause: unknown): TRPCError {
  const message = 'The answer holds a value that cannot be sent to a window'
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message, cause })
}
