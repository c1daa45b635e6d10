import { TRPCClientError } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import type { IpcError, RejectCode } from '#shared/ipc.ts'
import { texts } from './texts/texts.ts'

/** Why the link itself, and not a procedure, failed a call. */
export type LinkFailureCode = RejectCode | 'LOST' | 'CLOSED' | 'UNCLONEABLE'

const FAILURES: Record<LinkFailureCode, { code: string; status: number; rpc: number; message: string }> = {
  VERSION: {
    code: 'PRECONDITION_FAILED',
    status: 412,
    rpc: -32012,
    message: texts.errors.agentRangersBeenUpdated,
  },
  FORBIDDEN: {
    code: 'FORBIDDEN',
    status: 403,
    rpc: -32003,
    message: texts.errors.pageMayNotTalk,
  },
  PROTOCOL: {
    code: 'INTERNAL_SERVER_ERROR',
    status: 500,
    rpc: -32603,
    message: texts.errors.windowAndAppMisunderstood,
  },
  LOST: {
    code: 'SERVICE_UNAVAILABLE',
    status: 503,
    rpc: -32603,
    message: texts.errors.connectionAppLostBefore,
  },
  CLOSED: {
    code: 'SERVICE_UNAVAILABLE',
    status: 503,
    rpc: -32603,
    message: texts.errors.connectionAppClosedReloadWindow,
  },
  UNCLONEABLE: {
    code: 'BAD_REQUEST',
    status: 400,
    rpc: -32600,
    message: texts.errors.inputHoldsValueCannot,
  },
}

/** The failure in the shape in which procedures fail: `data.code` and `data.detail` of seed 1, section 8.2. */
function failureShape(failure: LinkFailureCode): IpcError {
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
