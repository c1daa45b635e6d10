import { expect, test } from 'vitest'
import { failureInWords, failureSentence, kindOfWords } from '#electron/providers/acp/failure-words.ts'

test.each([
  ['API Error: 401 {"type":"error","error":{"type":"authentication_error"}}', 'auth'],
  ['Error: 400 temperature: not supported for this model', 'invalid_request'],
  ['unexpected status 429 Too Many Requests: slow down', 'rate_limit'],
  ['stream error: stream disconnected; connection closed', 'network'],
  ['Execution failed: Error: 529 overloaded_error', 'overloaded'],
  ['Request failed with status code 500', 'server'],
  ['I looked around.\n\nError: prompt is too long: 210000 tokens', 'context_too_long'],
  ['⚠ Unauthorized', 'auth'],
  ['terminated', 'network'],
  [
    'Info: Request failed due to a transient API error. Retrying...Info: Request failed due to a transient API ' +
      'error. Retrying...Error: Authentication failed with provider at http://127.0.0.1:4 (HTTP 401).\n  Check your key.',
    'auth',
  ],
])('last words like “%s” are a failure', (words, kind) => {
  expect(failureInWords(words)).toBe(kind)
})

test.each([
  '',
  'Done.',
  'Info: Request failed due to a transient API error. Retrying...Done: the 401 is answered.',
  'Errors are now answered with 401 or 429.',
  'The server error of the card is mended: it answered 500 when the list was empty.',
  'Error handling was missing in two places; both are done.',
  `Error: 401\n\nThat is what the old code said. It is mended.`,
  `API Error: 401 ${'and so on '.repeat(100)}`,
])('an answer like “%s” is an answer', (words) => {
  expect(failureInWords(words)).toBeNull()
})

test('a sentence begins with the agent, says what to do, and keeps what was said short', () => {
  const said = failureSentence('OpenCode', 'auth', `401 ${'x'.repeat(1000)}`)
  expect(said).toMatch(/^OpenCode was refused by its service\. Log in again/)
  expect(said.length).toBeLessThan(500)
  expect(kindOfWords('Credit balance is too low')).toBe('auth')
  expect(kindOfWords('nothing that anybody knows')).toBeNull()
})
