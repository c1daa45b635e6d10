import { expect, test } from 'vitest'
import { OutputTail } from '#electron/platform/output-tail.ts'
import { judge } from '#electron/providers/claude-agent/outcome.ts'
import { ToldUsage } from '#electron/providers/claude-agent/told-usage.ts'

// As the SDK passes on what its model answers: events of the stream, and the answer a block at a time.
const MODEL = 'claude-sonnet-5-5'
const begins = (id: string, usage: object, by: string | null = null) => ({
  type: 'stream_event',
  parent_tool_use_id: by,
  event: { type: 'message_start', message: { id, model: MODEL, usage } },
})
const ends = (output_tokens: number, by: string | null = null) => ({
  type: 'stream_event',
  parent_tool_use_id: by,
  event: { type: 'message_delta', usage: { output_tokens } },
})
const block = (id: string, usage: object) => ({ type: 'assistant', message: { id, model: MODEL, usage } })

test('each answer counts once, however often it is told of, with what it has come to', () => {
  const used = new ToldUsage()
  expect(
    used.take(begins('m1', { input_tokens: 100, cache_read_input_tokens: 1000, output_tokens: 1 })),
  ).toBe(true)
  expect(used.usage).toEqual({ input: 100, output: 1, cache_read: 1000, cache_write: 0 })
  expect(used.take(block('m1', { input_tokens: 100, output_tokens: 1 }))).toBe(false)
  used.take(block('m1', { input_tokens: 100, output_tokens: 1 }))
  expect(used.take(ends(50))).toBe(true)
  used.take(begins('m2', { input_tokens: 10, cache_creation_input_tokens: 7, output_tokens: 2 }))
  expect(used.usage).toEqual({ input: 110, output: 52, cache_read: 1000, cache_write: 7 })
  expect(used.costUsd).toBeCloseTo((110 * 2 + 52 * 10 + 1000 * 0.1 + 7 * 2.5) / 1e6, 12)
})

test('answers that come at the same time are not taken for each other', () => {
  const used = new ToldUsage()
  used.take(begins('m1', { input_tokens: 1 }))
  used.take(begins('sub', { input_tokens: 2 }, 'toolu_1'))
  used.take(ends(30))
  used.take(ends(4, 'toolu_1'))
  expect(used.usage).toMatchObject({ input: 3, output: 34 })
})

test('a model without a price has no cost, and what is no usage is passed over', () => {
  const used = new ToldUsage()
  for (const garbage of [
    null,
    'x',
    {},
    { type: 'assistant', message: { id: 3 } },
    begins('m', { input_tokens: -1 }),
  ])
    used.take(garbage)
  expect(used.usage).toEqual({ input: 0, output: 0, cache_read: 0, cache_write: 0 })
  used.take({ type: 'assistant', message: { id: 'm1', model: 'nobody-knows', usage: { input_tokens: 1 } } })
  expect(used.costUsd).toBeNull()
})

test('a step that is cancelled or breaks has used what was told until then; a result has the last word', () => {
  const used = new ToldUsage()
  used.take(begins('m1', { input_tokens: 100, output_tokens: 9 }))
  const stop = new AbortController()
  const conversed = {
    host: { signal: stop.signal },
    messages: { sessionId: 's', model: MODEL },
    model: null,
    errors: new OutputTail(100),
    used,
  }
  const soFar = { usage: { input: 100, output: 9 }, costUsd: used.costUsd, model: MODEL, sessionId: 's' }
  expect(judge(new Error('it broke'), conversed)).toMatchObject({ ...soFar, status: 'failed' })
  expect(judge('silent', conversed)).toMatchObject({ ...soFar, failure: { kind: 'timeout' } })
  const whole = {
    type: 'result',
    subtype: 'success',
    result: 'Done.',
    total_cost_usd: 0.5,
    modelUsage: {
      [MODEL]: { inputTokens: 200, outputTokens: 20, cacheReadInputTokens: 0, cacheCreationInputTokens: 0 },
    },
  }
  expect(judge(whole, conversed)).toMatchObject({
    status: 'completed',
    usage: { input: 200, output: 20 },
    costUsd: 0.5,
  })
  stop.abort()
  expect(judge('cancelled', conversed)).toMatchObject({ ...soFar, status: 'cancelled' })
})
