import { DrizzleQueryError } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { sqlState, toAppError } from '#db/error.ts'
import { NotFoundError } from '#shared/errors.ts'

const withCode = (code: string, more: object = {}) =>
  Object.assign(new Error('server says'), { code, ...more })
const wrapped = (cause: Error) => new DrizzleQueryError('SELECT $1', ['hunter2'], cause)

test('the state is found below what drizzle wraps around it', () => {
  expect(sqlState(wrapped(withCode('40P01')))).toBe('40P01')
})

test.each([
  ['08006', 'DATABASE_UNAVAILABLE'],
  ['57P01', 'DATABASE_UNAVAILABLE'],
  ['57P03', 'DATABASE_UNAVAILABLE'],
  ['ECONNREFUSED', 'DATABASE_UNAVAILABLE'],
  ['ENOTFOUND', 'DATABASE_UNAVAILABLE'],
  ['28P01', 'DATABASE_REFUSED'],
  ['3D000', 'DATABASE_MISSING'],
  ['53100', 'DISK_FULL'],
  ['53300', 'DATABASE_BUSY'],
])('%s is unavailable: %s', (code, error) => {
  expect(toAppError(wrapped(withCode(code)))).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    detail: { error },
  })
})

test.each([
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'Cannot use a pool after calling end on the pool',
])('what pg says without a code is unavailable: %s', (message) => {
  expect(toAppError(wrapped(new Error(message)))?.code).toBe('SERVICE_UNAVAILABLE')
})

test('both addresses of a host refusing is unavailable', () => {
  const refusals = ['::1', '127.0.0.1'].map((address) => withCode('ECONNREFUSED', { address }))
  expect(toAppError(wrapped(new AggregateError(refusals)))?.code).toBe('SERVICE_UNAVAILABLE')
})

test('a missing file is an error of the database only when it was the socket', () => {
  expect(toAppError(withCode('ENOENT', { syscall: 'connect' }))?.code).toBe('SERVICE_UNAVAILABLE')
  expect(toAppError(withCode('ENOENT', { syscall: 'open' }))).toBeUndefined()
})

test('an expected error stays what it is, and anything else is none', () => {
  const expected = new NotFoundError('Board', '1')
  expect(toAppError(expected)).toBe(expected)
  expect(toAppError(new TypeError('x is undefined'))).toBeUndefined()
  expect(toAppError(withCode('42601'))).toBeUndefined()
})

test('the sentence holds no value of the statement', () => {
  expect(toAppError(wrapped(withCode('08006')))?.message).not.toContain('hunter2')
})
