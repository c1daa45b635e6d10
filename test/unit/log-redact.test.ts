import { DrizzleQueryError } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { cleanFields, LogRedaction } from '#electron/log-redact.ts'

const lineOf = (fields: object, ...secrets: string[]): string => {
  const redaction = new LogRedaction()
  for (const secret of secrets) redaction.hide(secret)
  const line = redaction.line(JSON.stringify(cleanFields(fields)))
  JSON.parse(line) // stays a line of JSON
  return line
}

describe('a field with the name of a secret shows nothing', () => {
  test.each([
    'apiKey',
    'api_key',
    'x-api-key',
    'Authorization',
    'password',
    'DATABASE_URL',
    'connectionString',
    'JWT_SECRET',
    'access_token',
    'ADO_PAT',
    'set-cookie',
  ])('%s', (name) => {
    const secret = { [name]: 'hunter2' }
    expect(lineOf({ ...secret, a: { b: [{ c: { d: secret } }] } })).not.toContain('hunter2')
  })

  test('names that only sound like it show their value', () => {
    const fields = { path: '/a', output_tokens: 7, keys: ['A'], monkey: 'b', password: null }
    expect(JSON.parse(lineOf(fields))).toEqual(fields)
  })
})

describe('a known secret shows nowhere', () => {
  const secret = 'pa"ss\\wörd/ÿ'
  test.each([
    ['as it is', secret],
    ['within an address', `postgresql://u:${encodeURIComponent(secret)}@h/d`],
    ['as a part of an address has it', `/callback?state=${encodeURIComponent(secret)}`],
    ['in JSON within JSON', JSON.stringify({ a: JSON.stringify(secret) })],
  ])('%s', (_name, text) => {
    expect(lineOf({ text }, secret)).not.toMatch(/wörd|w%C3%B6rd/)
  })

  test('the password of an address is one too', () => {
    const line = lineOf({ text: 'it is hunter2hunter2' }, 'postgresql://u:hunter2hunter2@h/d')
    expect(line).toBe('{"text":"it is [redacted]"}')
  })

  test('a short one is no word of ordinary lines, and is still hidden in an address', () => {
    const fields = { text: 'agent-rangers at postgresql://rangers:rangers@h/d' }
    expect(lineOf(fields, 'rangers')).toBe('{"text":"agent-rangers at postgresql://rangers:[redacted]@h/d"}')
  })
})

test.each([
  'connect postgresql://u:hunter2/@x@h:5432/d failed',
  'GET https://h/?a=b&password=hunter2&c=d',
  'Authorization: Bearer hunter2.hunter2',
  'key sk-ant-hunter2-hunter2',
  'token ghp_hunter2hunter2',
  'token ghr_hunter2hunter2',
  'key sk-proj-hunter2-hunter2-hunter2',
  'key AIzaSy-hunter2-hunter2-hunter2-hunter2',
  'x-api-key: hunter2',
  '{"password": "hunter2"}',
])('what looks like a secret is hidden unasked: %s', (text) => {
  expect(lineOf({ text })).not.toContain('hunter2')
})

describe('an error', () => {
  test('tells what happened, with its causes, and nothing that was hung on it', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED postgresql://u:hunter2@h/d'), {
      code: 'ECONNREFUSED',
      client: { connectionParameters: { password: 'hunter2' } },
      headers: { 'x-api-key': 'hunter2' },
      detail: 'Key (secret)=(hunter2) already exists.',
    })
    const error = new AggregateError([cause], 'all failed', { cause })
    const line = lineOf({ err: error, nested: { error } })
    expect(line).not.toContain('hunter2')
    expect(JSON.parse(line).err).toMatchObject({
      type: 'AggregateError',
      message: 'all failed',
      cause: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED postgresql://u:[redacted]@h/d' },
      errors: [{ code: 'ECONNREFUSED' }],
    })
  })

  test('of a statement is told by its text, the count of its values and the state, whatever the values hold', () => {
    const card = 'hunter2, it says:\nTypeError: no\n    at sum (hunter2.js:1)\nparams: hunter2'
    const cause = Object.assign(new Error(`invalid input syntax for type uuid: "${card}"`), {
      severity: 'ERROR',
      code: '22P02',
      detail: `Key (title)=(hunter2) exists.`,
      where: 'unnamed portal parameter $1 = hunter2',
    })
    const line = lineOf({ err: new DrizzleQueryError('insert into t values ($1, $2)', [card, 'two'], cause) })
    expect(line).not.toContain('hunter2')
    const { err } = JSON.parse(line)
    expect(err.message).toBe('Failed query: insert into t values ($1, $2) (2 parameters)')
    expect(err.cause).toMatchObject({ code: '22P02', message: 'invalid input syntax for type uuid: "…"' })
    expect(err.stack).toContain('log-redact.test.ts')
  })
})

test('what cannot be JSON is told too', () => {
  const circle: Record<string, unknown> = { count: 10n, bytes: new Uint8Array(3) }
  circle.self = circle
  expect(JSON.parse(lineOf({ circle })).circle).toMatchObject({ count: '10', bytes: '[3 bytes]' })
})
