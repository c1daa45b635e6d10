import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AnswerReader } from '#electron/gateway/answer-reader.ts'
import type { Dialect } from '#electron/gateway/routes.ts'

const STREAM = 'text/event-stream; charset=utf-8'
const assumed = { promptTokens: 1000 }
const events = (...data: unknown[]) =>
  data.map((one) => `event: x\ndata: ${typeof one === 'string' ? one : JSON.stringify(one)}\n\n`).join('')

function readAll(dialect: Dialect, text: string, contentType = STREAM) {
  const reader = new AnswerReader(dialect, contentType)
  reader.push(Buffer.from(text))
  return reader.end(assumed)
}

const ANTHROPIC = [
  {
    type: 'message_start',
    message: {
      model: 'claude-x-20260101',
      usage: {
        input_tokens: 10,
        output_tokens: 1,
        cache_read_input_tokens: 20,
        cache_creation_input_tokens: 30,
        cache_creation: { ephemeral_1h_input_tokens: 5 },
      },
    },
  },
  { type: 'ping' },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Grüße, 世界!' } },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 40 } },
  { type: 'message_stop' },
]
const ANTHROPIC_USED = {
  model: 'claude-x-20260101',
  usage: { input: 10, output: 40, cache_read: 20, cache_write: 30, hour_cache_write: 5 },
  isEstimate: false,
}
const RESPONSE = {
  object: 'response',
  model: 'gpt-x',
  usage: { input_tokens: 100, input_tokens_details: { cached_tokens: 60 }, output_tokens: 7 },
}
const CHAT_USAGE = { prompt_tokens: 100, prompt_tokens_details: { cached_tokens: 60 }, completion_tokens: 7 }
const GEMINI = {
  modelVersion: 'gemini-x',
  candidates: [{ finishReason: 'STOP' }],
  usageMetadata: {
    promptTokenCount: 90,
    toolUsePromptTokenCount: 10,
    cachedContentTokenCount: 60,
    candidatesTokenCount: 4,
    thoughtsTokenCount: 3,
  },
}
const used = (model: string) => ({
  model,
  usage: { input: 40, output: 7, cache_read: 60, cache_write: 0 },
  isEstimate: false,
})

describe('the tier that has served a call', () => {
  const [start, ...rest] = ANTHROPIC
  const fast = {
    ...start,
    message: { ...start?.message, usage: { ...start?.message?.usage, speed: 'fast' } },
  }
  const completed = (service_tier: string) => ({
    type: 'response.completed',
    response: { ...RESPONSE, service_tier },
  })

  test.each<[Dialect, string, 'fast' | 'priority' | undefined]>([
    ['anthropic', events(fast, ...rest), 'fast'],
    ['anthropic', events(...ANTHROPIC), undefined],
    ['responses', events(completed('priority')), 'priority'],
    // It was asked for, and not given.
    [
      'responses',
      events({ ...completed('priority'), type: 'response.created' }, completed('default')),
      undefined,
    ],
    ['chat', events({ model: 'gpt-x', usage: CHAT_USAGE, service_tier: 'priority' }, '[DONE]'), 'priority'],
    ['chat', events({ model: 'gpt-x', usage: CHAT_USAGE, service_tier: 'flex' }, '[DONE]'), undefined],
  ])('is read from an answer of %s', (dialect, text, tier) => {
    expect(readAll(dialect, text).usage.tier).toBe(tier)
  })
})

describe('what a call used is read from its answer', () => {
  test.each<[Dialect, string, string, object]>([
    ['anthropic', STREAM, events(...ANTHROPIC), ANTHROPIC_USED],
    [
      'anthropic',
      'application/json',
      JSON.stringify({
        type: 'message',
        model: 'claude-x-20260101',
        usage: { ...ANTHROPIC[0]?.message?.usage, output_tokens: 40 },
      }),
      ANTHROPIC_USED,
    ],
    [
      'responses',
      STREAM,
      events(
        { type: 'response.output_text.delta', delta: 'abc' },
        { type: 'response.completed', response: RESPONSE },
      ),
      used('gpt-x'),
    ],
    ['responses', 'application/json', JSON.stringify(RESPONSE), used('gpt-x')],
    [
      'chat',
      STREAM,
      events(
        { model: 'gpt-x', choices: [{ delta: { content: 'abc' } }], usage: null },
        { model: 'gpt-x', choices: [], usage: CHAT_USAGE },
        '[DONE]',
      ),
      used('gpt-x'),
    ],
    [
      'chat',
      'application/json',
      JSON.stringify({ model: 'gpt-x', choices: [], usage: CHAT_USAGE }),
      used('gpt-x'),
    ],
    ['gemini', STREAM, events(GEMINI), used('gemini-x')],
    ['gemini', 'application/json', JSON.stringify([{ candidates: [] }, GEMINI]), used('gemini-x')],
  ])('%s, %s', (dialect, contentType, text, expected) => {
    expect(readAll(dialect, text, contentType)).toEqual(expected)
  })
})

test('wherever the network cuts the pieces, the same is read', () => {
  const bytes = Buffer.from(events(...ANTHROPIC).replaceAll('\n', '\r\n'))
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
      const reader = new AnswerReader('anthropic', STREAM)
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
      for (const [index, place] of places.entries()) reader.push(bytes.subarray(place, places[index + 1]))
      expect(reader.end(assumed)).toEqual(ANTHROPIC_USED)
    }),
  )
})

test('of an answer that breaks off what came is counted, as an estimate', () => {
  const text = 'x'.repeat(400)
  const start = [ANTHROPIC[0], { type: 'content_block_delta', delta: { type: 'text_delta', text } }]
  expect(readAll('anthropic', events(...start))).toMatchObject({
    usage: { input: 10, cache_read: 20, output: 100 },
    isEstimate: true,
  })
  expect(readAll('responses', events({ type: 'response.output_text.delta', delta: text }))).toEqual({
    model: null,
    usage: { input: 1000, output: 100, cache_read: 0, cache_write: 0 },
    isEstimate: true,
  })
})

test('what is no answer at all tells nothing and breaks nothing', () => {
  for (const dialect of ['anthropic', 'responses', 'chat', 'gemini'] as const)
    for (const text of [
      'data: {',
      'data: null\n\n',
      ': hello\n\n',
      events([], 7, 'text', { usage: 'x', message: 3 }),
    ])
      expect(readAll(dialect, text)).toMatchObject({ isEstimate: true })
})

test('an event of many megabytes is passed over, and what follows is read', () => {
  const reader = new AnswerReader('anthropic', STREAM)
  reader.push(Buffer.from('data: {"type":"content_block_delta","delta":{"text":"'))
  for (let count = 0; count < 20; count += 1) reader.push(Buffer.alloc(1024 * 1024, 'x'))
  reader.push(Buffer.from(`"}}\n\n${events(...ANTHROPIC)}`))
  expect(reader.end(assumed)).toEqual(ANTHROPIC_USED)
})

test('trap: what a stream says in other places than its words was paid for as well, though its end never comes', () => {
  const text = 'x'.repeat(400)
  const pieces: [Dialect, unknown][] = [
    ['chat', { choices: [{ delta: { tool_calls: [{ function: { arguments: text } }] } }] }],
    ['chat', { choices: [{ delta: { reasoning_content: text } }] }],
    ['gemini', { candidates: [{ content: { parts: [{ text }] } }] }],
    ['gemini', { candidates: [{ content: { parts: [{ functionCall: { args: { text } } }] } }] }],
  ]
  for (const [dialect, piece] of pieces) {
    const { usage, isEstimate } = readAll(dialect, events(piece))
    expect([usage.input, isEstimate]).toEqual([1000, true])
    expect(usage.output).toBeGreaterThanOrEqual(100)
  }
})

test('a stream that nobody can read is counted by its length', () => {
  expect(readAll('anthropic', '\u001f\u008b'.repeat(200))).toMatchObject({
    usage: { input: 1000, output: expect.toSatisfy((tokens: number) => tokens >= 100) },
    isEstimate: true,
  })
})
