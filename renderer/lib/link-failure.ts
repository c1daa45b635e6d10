import { TRPCClientError } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import type { IpcError, RejectCode } from '#shared/ipc.ts'

/** Why the link itself, and not a procedure, failed a call. */
export type LinkFailureCode = RejectCode | 'LOST' | 'CLOSED' | 'UNCLONEABLE'

const FAILURES: Record<LinkFailureCode, { code: string; status: number; rpc: number; message: string }> = {
  VERSION: {
    code: 'PRECONDITION_FAILED',
    status: 412,
    rpc: -32012,
    message: 'Agent Rangers has been updated. Restart it to go on.',
  },
  FORBIDDEN: {
    code: 'FORBIDDEN',
    status: 403,
    rpc: -32003,
    message: 'This page may not talk to Agent Rangers. Close this window and open a new one from the menu.',
  },
  PROTOCOL: {
    code: 'INTERNAL_SERVER_ERROR',
    status: 500,
    rpc: -32603,
    message: 'The window and the app misunderstood each other. Reload the window.',
  },
  LOST: {
    code: 'SERVICE_UNAVAILABLE',
    status: 503,
    rpc: -32603,
    message:
      'The connection to the app was lost before it answered. Check whether the change was made, then try again.',
  },
  CLOSED: {
    code: 'SERVICE_UNAVAILABLE',
    status: 503,
    rpc: -32603,
    message: 'The connection to the app is closed. Reload the window.',
  },
  UNCLONEABLE: {
    code: 'BAD_REQUEST',
    status: 400,
    rpc: -32600,
    message: 'The input holds a value that cannot be sent to the app, such as a function.',
  },
}

/** The failure in the shape in which procedures fail: `data.code` and `data.detail` of seed 1, section 8.2. */
export function failureShape(failure: LinkFailureCode): IpcError {
  const { code, status, rpc, message } = FAILURES[failure]
  return {
    code: rpc,
    message,
    data: { code, httpStatus: status, detail: { error: `LINK_${failure}`, message } },
  }
}

/** The failure as the error that a call rejects with. `meta.reconnect`: the link is trying to connect again. */
export function failureError<TRouter extends AnyTRPCRouter>(
  failure: LinkFailureCode,
): TRPCClientError<TRouter> {
  return TRPCClientError.from<TRouter>(
    { error: failureShape(failure) },
    { meta: { reconnect: failure === 'LOST' } },
  )
}
