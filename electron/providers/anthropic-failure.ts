import type { FailureKind } from '#shared/provider.ts'
import type { StepFailure } from './provider.ts'

/** A failed attempt at one model call. */
export interface CallFailure {
  kind: FailureKind
  /** What the service said, for the log and the person. */
  said: string
  retryable: boolean
  /** The wait that the service asks for, milliseconds. */
  retryAfterMs: number | null
  requestId: string | null
  /** Nothing is wrong with the key: its account has no money left. */
  isUnpaid: boolean
}

/** What the SDK's errors have in common; they are looked at, not imported, so that the SDK can load late. */
interface ApiError extends Error {
  status?: number
  type?: string | null
  apiMessage?: string | null
  requestID?: string | null
  headers?: Headers
}

const KIND_OF_TYPE: Record<string, FailureKind> = {
  authentication_error: 'auth',
  permission_error: 'auth',
  billing_error: 'auth',
  rate_limit_error: 'rate_limit',
  overloaded_error: 'overloaded',
  timeout_error: 'timeout',
  api_error: 'server',
  not_found_error: 'model_unavailable',
  request_too_large: 'context_too_long',
  invalid_request_error: 'invalid_request',
}

const KIND_OF_STATUS: Record<number, FailureKind> = {
  400: 'invalid_request',
  401: 'auth',
  402: 'auth',
  403: 'auth',
  404: 'model_unavailable',
  408: 'timeout',
  409: 'server',
  413: 'context_too_long',
  429: 'rate_limit',
  529: 'overloaded',
}

const PASSING: readonly FailureKind[] = [
  'rate_limit',
  'overloaded',
  'server',
  'network',
  'timeout',
  'bad_output',
]

/** What went wrong with a call, from the error that the SDK threw. `now` dates a `retry-after` that is a date. */
export function classify(error: unknown, now: number): CallFailure {
  const failure = error as ApiError
  const kind = kindOf(failure)
  const headers = failure.headers
  const advice = headers?.get('x-should-retry')
  return {
    kind,
    said: failure.apiMessage || causeOf(failure),
    retryable: advice === 'true' || (advice !== 'false' && PASSING.includes(kind)),
    retryAfterMs: headers ? retryAfter(headers, now) : null,
    requestId: failure.requestID ?? null,
    isUnpaid: isUnpaid(failure),
  }
}

/** The service says so with a status of its own, and in a refusal of the request where credit is bought in advance. */
function isUnpaid({ status, type, apiMessage }: ApiError): boolean {
  return type === 'billing_error' || status === 402 || /credit balance is too low/i.test(apiMessage ?? '')
}

/** An error event within a stream has a type and no status; a broken connection has neither. */
function kindOf(error: ApiError): FailureKind {
  if (isUnpaid(error)) return 'auth'
  const kind = KIND_OF_TYPE[error.type ?? ''] ?? KIND_OF_STATUS[error.status ?? 0]
  if (kind === 'invalid_request' && /prompt is too long|context window/i.test(error.apiMessage ?? '')) {
    return 'context_too_long'
  }
  if (kind) return kind
  if (error.status !== undefined) return error.status >= 500 ? 'server' : 'invalid_request'
  return /JSON|Unexpected token/i.test(error.message) ? 'bad_output' : 'network'
}

function causeOf(error: ApiError): string {
  const cause = error.cause instanceof Error ? error.cause : null
  const deeper = cause?.cause instanceof Error ? cause.cause : cause
  return deeper
    ? `${error.message} (${deeper.message || (deeper as NodeJS.ErrnoException).code})`
    : error.message
}

function retryAfter(headers: Headers, now: number): number | null {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '')
  if (milliseconds >= 0) return milliseconds
  const text = headers.get('retry-after')
  if (!text) return null
  const seconds = Number(text)
  if (seconds >= 0) return seconds * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

const NEXT_STEP: Partial<Record<FailureKind, string>> = {
  auth: 'The API refused the key. Check it in Settings, or the environment variable ANTHROPIC_API_KEY.',
  rate_limit: 'The API’s rate limit is reached. Wait a while and resume.',
  overloaded: 'The API is overloaded. Wait a while and resume.',
  server: 'The API failed. Wait a while and resume.',
  network: 'The API could not be reached, or the connection broke. Check the network and resume.',
  timeout: 'The API sent nothing for too long. Check the network and resume.',
  context_too_long: 'This is more than the model can read at once. Split the card into smaller ones.',
  model_unavailable: 'This model is not available for your key. Choose another one in the board’s settings.',
  invalid_request:
    'The API did not accept the request. Choose another model, or report this with the request id.',
  bad_output: 'The model’s answer could not be read. Resume to ask again.',
}

const UNPAID =
  'The account of your API key has no credit left. Add some in the console of the service and resume, or use another key.'

/** The failure as the card shows it: the next step first, then what the service said. */
export function stepFailure(failure: CallFailure, extra = ''): StepFailure {
  const sentence = failure.isUnpaid ? UNPAID : (NEXT_STEP[failure.kind] ?? 'The model call failed.')
  const said = failure.said ? ` It said: ${failure.said.slice(0, 300)}` : ''
  return {
    kind: failure.kind,
    message: `${sentence}${extra}${said}`,
    retryable: failure.retryable,
    ...(failure.requestId ? { requestId: failure.requestId } : {}),
  }
}
