import type { ServerResponse } from 'node:http'
import type { ModelApi } from './upstreams.ts'

/** Why the gateway itself refuses. */
export type RefusalKind =
  | 'auth'
  | 'forbidden'
  | 'not_found'
  | 'invalid_request'
  | 'too_large'
  | 'budget'
  | 'busy'
  | 'unreachable'

const STATUS: Readonly<Record<RefusalKind, number>> = {
  auth: 401,
  forbidden: 403,
  not_found: 404,
  invalid_request: 400,
  too_large: 413,
  budget: 402,
  busy: 429,
  unreachable: 502,
}

const ANTHROPIC: Readonly<Record<RefusalKind, string>> = {
  auth: 'authentication_error',
  forbidden: 'permission_error',
  not_found: 'not_found_error',
  invalid_request: 'invalid_request_error',
  too_large: 'request_too_large',
  budget: 'billing_error',
  busy: 'rate_limit_error',
  unreachable: 'api_error',
}

const OPENAI: Readonly<Record<RefusalKind, string>> = {
  auth: 'invalid_api_key',
  forbidden: 'permission_denied',
  not_found: 'not_found',
  invalid_request: 'invalid_request_error',
  too_large: 'request_too_large',
  budget: 'insufficient_quota',
  busy: 'rate_limit_exceeded',
  unreachable: 'server_error',
}

const GEMINI: Readonly<Record<RefusalKind, string>> = {
  auth: 'UNAUTHENTICATED',
  forbidden: 'PERMISSION_DENIED',
  not_found: 'NOT_FOUND',
  invalid_request: 'INVALID_ARGUMENT',
  too_large: 'INVALID_ARGUMENT',
  budget: 'RESOURCE_EXHAUSTED',
  busy: 'RESOURCE_EXHAUSTED',
  unreachable: 'UNAVAILABLE',
}

/** Refuses as the API itself would, so that agents understand it; only what may pass by itself is tried again. */
export function refuse(response: ServerResponse, api: ModelApi, kind: RefusalKind, message: string): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const status = STATUS[kind]
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-should-retry': String(kind === 'unreachable' || kind === 'busy'),
    // What is left of the request's body is not read.
    connection: 'close',
  })
  response.end(JSON.stringify(bodyOf(api, kind, status, message)))
}

function bodyOf(api: ModelApi, kind: RefusalKind, status: number, message: string) {
  switch (api) {
    case 'anthropic':
      return { type: 'error', error: { type: ANTHROPIC[kind], message }, request_id: null }
    case 'openai':
      return { error: { message, type: OPENAI[kind], param: null, code: OPENAI[kind] } }
    case 'gemini':
      return { error: { code: status, message, status: GEMINI[kind] } }
  }
}
