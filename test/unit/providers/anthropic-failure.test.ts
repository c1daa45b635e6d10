import { expect, test } from 'vitest'
import { classify, stepFailure } from '#electron/providers/anthropic-failure.ts'

function apiError(fields: Record<string, unknown>, headers: Record<string, string> = {}): Error {
  return Object.assign(new Error('said'), { ...fields, headers: new Headers(headers) })
}
const now = Date.parse('2026-11-22T10:00:00Z')

test.each([
  [{ status: 401, type: 'authentication_error' }, 'auth', false],
  [{ status: 403, type: 'permission_error' }, 'auth', false],
  [{ status: 404, type: 'not_found_error' }, 'model_unavailable', false],
  [{ status: 413 }, 'context_too_long', false],
  [{ status: 400, type: 'invalid_request_error' }, 'invalid_request', false],
  [{ status: 422 }, 'invalid_request', false],
  [{ status: 408 }, 'timeout', true],
  [{ status: 409 }, 'server', true],
  [{ status: 429, type: 'rate_limit_error' }, 'rate_limit', true],
  [{ status: 503 }, 'server', true],
  [{ status: 529, type: 'overloaded_error' }, 'overloaded', true],
  [{ type: 'overloaded_error' }, 'overloaded', true],
  [{}, 'network', true],
])('%j is %s', (fields, kind, retryable) => {
  expect(classify(apiError(fields), now)).toMatchObject({ kind, retryable })
})

test.each([
  { status: 402, type: 'billing_error', apiMessage: 'Payment required.' },
  {
    status: 400,
    type: 'invalid_request_error',
    apiMessage: 'Your credit balance is too low to access the Anthropic API.',
  },
])('an account without credit is told as that, and not as a wrong key or request: $status', (fields) => {
  const failure = classify(apiError(fields), now)
  expect(failure).toMatchObject({ kind: 'auth', retryable: false })
  expect(stepFailure(failure).message).toBe(
    `The account of your API key has no credit left. Add some in the console of the service and resume, or use another key. It said: ${fields.apiMessage}`,
  )
})

test('the server’s advice on repeating wins', () => {
  expect(classify(apiError({ status: 529 }, { 'x-should-retry': 'false' }), now).retryable).toBe(false)
  expect(classify(apiError({ status: 400 }, { 'x-should-retry': 'true' }), now).retryable).toBe(true)
})

test.each([
  [{ 'retry-after': '2.5' }, 2500],
  [{ 'retry-after': 'Sun, 22 Nov 2026 10:00:07 GMT' }, 7000],
  [{ 'retry-after-ms': '120', 'retry-after': '9' }, 120],
  [{ 'retry-after': 'soon' }, null],
  [{}, null],
])('%j asks to wait %s ms', (headers, expected) => {
  expect(classify(apiError({ status: 429 }, headers), now).retryAfterMs).toBe(expected)
})
