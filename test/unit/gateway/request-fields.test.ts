import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFields } from '#electron/gateway/request-fields.ts'

const read = (text: string) => {
  const fields = readFields(Buffer.from(text))
  return fields && Object.fromEntries(fields)
}

test('plain values at the top are read, what lies deeper is not', () => {
  const body = {
    model: 'claude-x',
    max_tokens: 32000,
    stream: true,
    messages: [{ role: 'user', content: 'say "model": "other" \\' }],
    metadata: { model: 'deeper' },
    nothing: null,
  }
  const plain = { model: 'claude-x', max_tokens: 32000, stream: true }
  expect(read(JSON.stringify(body))).toEqual(plain)
  expect(read(` \n${JSON.stringify(body, null, 2)}\n `)).toEqual(plain)
})

test('of a name that comes twice the last counts, however it is spelled', () => {
  expect(read('{"model":"cheap","a":[1],"mod\\u0065l":"dear"}')).toEqual({ model: 'dear' })
  expect(read('{"model":"cheap","model":{"x":1}}')).toEqual({})
})

test.each([
  '',
  'null',
  '[]',
  '{',
  '{"a"',
  '{"a":1',
  '{"a":1}x',
  '{"a":1,}',
  '{a:1}',
  '{"a":}',
  '"{}"',
  '{"a":"b}',
])('%s is no object', (text) => {
  expect(read(text)).toBeNull()
})

test('it sees what JSON.parse sees', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2), (value, space) => {
      const text = JSON.stringify(value, null, space)
      const plain = Object.entries(JSON.parse(text) as object).filter(([, one]) =>
        ['string', 'number', 'boolean'].includes(typeof one),
      )
      if (Object.keys(value).length > 0) expect(read(text)).toEqual(Object.fromEntries(plain))
    }),
  )
})

test('a prompt of ten megabytes takes no time to speak of', () => {
  const long = JSON.stringify({ messages: [{ content: 'a "quoted" line\n'.repeat(600_000) }], model: 'm' })
  const started = performance.now()
  expect(read(long)).toEqual({ model: 'm' })
  expect(performance.now() - started).toBeLessThan(1000)
})
