import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAnthropicProvider } from '#electron/providers/anthropic.ts'
import { startFakeModelServer } from '../fake-model-server/server.ts'
import { ANTHROPIC_KEY, type AnthropicSteps, openAnthropicSteps } from '../helpers/anthropic-steps.ts'

let at: AnthropicSteps

beforeEach(async () => {
  at = await openAnthropicSteps()
})
afterEach(() => at[Symbol.asyncDispose]())

const edit = (input: Record<string, unknown>) => ({ name: 'str_replace_based_edit_tool', input })

test('a wrong key fails at once with what to do', async () => {
  const result = await at.play({ apiKeys: ['another'] })
  expect(result).toMatchObject({
    status: 'failed',
    failure: {
      kind: 'auth',
      retryable: false,
      message: expect.stringContaining('Settings'),
      requestId: 'req_fake_1',
    },
  })
  expect(at.server.requests).toHaveLength(1)
})

test('no key is told before anything is asked, and by the status', async () => {
  expect(await at.provider(null).run(at.request(), at.host())).toMatchObject({
    status: 'failed',
    failure: { kind: 'auth' },
  })
  expect(await at.provider(null).status()).toMatchObject({
    available: false,
    message: expect.stringContaining('ANTHROPIC_API_KEY'),
  })
  expect(await at.provider().status()).toMatchObject({ available: true, is_demo: false })
  expect(at.server.requests).toHaveLength(0)
})

test('429 waits as long as it is told to, shows it, and goes on', async () => {
  const result = await at.play({
    rules: [{ times: 1, reply: { error: { type: 'rate_limit_error' }, headers: { 'retry-after': '3' } } }],
    default: { text: 'ok' },
  })
  expect(result.status).toBe('completed')
  expect(at.retries()).toEqual([{ type: 'retry', attempt: 1, max: 2, delayMs: 3000, cause: 'rate_limit' }])
  expect(at.delays).toEqual([3000])
})

test('a retry-after that is too long ends the step at once and says how long', async () => {
  const result = await at.play({
    default: { error: { type: 'rate_limit_error' }, headers: { 'retry-after': '600' } },
  })
  expect(result).toMatchObject({
    status: 'failed',
    failure: { kind: 'rate_limit', retryable: true, message: expect.stringContaining('10 min') },
  })
  expect(at.delays).toEqual([])
})

test.each([
  ['529', { error: { type: 'overloaded_error' } }, 'overloaded'],
  ['500', { error: { type: 'api_error' } }, 'server'],
  ['408', { error: { type: 'timeout_error', status: 408 } }, 'timeout'],
  [
    'an error event within the stream',
    { text: 'Half of it', chunkChars: 3, streamError: { afterEvents: 4, type: 'overloaded_error' } },
    'overloaded',
  ],
  [
    'a connection that breaks midway',
    { text: 'Never complete', chunkChars: 3, cut: { afterEvents: 5, how: 'destroy' as const } },
    'network',
  ],
  [
    'a stream that ends midway',
    { text: 'Never complete', chunkChars: 3, cut: { afterEvents: 5, how: 'end' as const } },
    'network',
  ],
  [
    'tool input that is no JSON',
    { tools: [{ name: 'list_files', rawInput: '{"path": nonsense!' }] },
    'bad_output',
  ],
])('%s is repeated with growing waits and then works', async (_what, reply, cause) => {
  const result = await at.play({ rules: [{ times: 2, reply }], default: { text: 'ok' } })
  expect(result).toMatchObject({ status: 'completed', text: 'ok' })
  expect(at.retries()).toEqual([
    { type: 'retry', attempt: 1, max: 2, delayMs: 500, cause },
    { type: 'retry', attempt: 2, max: 2, delayMs: 1000, cause },
  ])
})

test('529 for ever ends as failed after the last repetition', async () => {
  const result = await at.play({ default: { error: { type: 'overloaded_error' } } })
  expect(result).toMatchObject({ status: 'failed', failure: { kind: 'overloaded', retryable: true } })
  expect(at.server.requests).toHaveLength(3)
})

test.each([
  ['after some text', { text: 'This stops', chunkChars: 3, stall: { afterEvents: 4 } }],
  ['before any answer', { hang: true }],
])('silence %s is ended by the watchdog and repeated', async (_what, reply) => {
  const limits = { maxTurns: 8, idleMs: 400, maxRetries: 2, maxRetryDelayMs: 5000 }
  const result = await at.play({ rules: [{ times: 1, reply }], default: { text: 'ok' } }, { limits })
  expect(result).toMatchObject({ status: 'completed', text: 'ok' })
  expect(at.retries()).toMatchObject([{ cause: 'timeout' }])
  expect(at.server.requests[0]?.closedByClient).toBe(true)
})

test('pings keep a thinking model alive, though not for ever', async () => {
  const limits = { maxTurns: 8, idleMs: 300, maxRetries: 0, maxRetryDelayMs: 5000 }
  const started = performance.now()
  const result = await at.play(
    { default: { text: 'x', stall: { afterEvents: 3, pingEveryMs: 30 } } },
    { limits },
  )
  expect(result).toMatchObject({ status: 'failed', failure: { kind: 'timeout' } })
  expect(performance.now() - started).toBeGreaterThan(2000)
})

test('a refusal is a failure with the next step, and none of its tools is run', async () => {
  const result = await at.play({
    default: {
      text: 'No.',
      tools: [edit({ command: 'create', path: 'x.txt', file_text: 'x' })],
      stop_reason: 'refusal',
    },
  })
  expect(result).toMatchObject({ status: 'failed', failure: { kind: 'refusal', retryable: false } })
  expect(at.tools()).toEqual([])
  expect(await readdir(at.workspace)).not.toContain('x.txt')
})

test('a prompt that is too long and a model that does not exist are named', async () => {
  const tooLong = { error: { type: 'invalid_request_error', message: 'prompt is too long: 2 > 1' } }
  expect(await at.play({ default: tooLong })).toMatchObject({
    failure: { kind: 'context_too_long', retryable: false },
  })
  const noModel = { error: { type: 'not_found_error', message: 'model: x' } }
  expect(await at.play({ default: noModel })).toMatchObject({ failure: { kind: 'model_unavailable' } })
})

test('a default that the key is not offered is replaced by the newest of its family, and that is said', async () => {
  const models = ['claude-opus-9', 'claude-sonnet-9', 'claude-sonnet-8']
  const result = await at.play({ models, default: { text: 'ok' } })
  expect(result).toMatchObject({ status: 'completed', text: 'ok', model: 'claude-sonnet-9' })
  expect(at.events).toContainEqual({
    type: 'notice',
    level: 'warn',
    text: 'claude-sonnet-5-5 is not offered to your key; claude-sonnet-9 does this step instead.',
  })
  expect(await at.provider().models?.(new AbortController().signal)).toEqual(
    models.map((id) => ({ id, name: id })),
  )

  const chosen = await at.play({ models, default: { text: 'ok' } }, { model: 'claude-of-tomorrow' })
  expect(chosen).toMatchObject({ status: 'failed', failure: { kind: 'model_unavailable' } })
})

test('a server that is not there is a network failure after all repetitions', async () => {
  const gone = await startFakeModelServer()
  await gone.close()
  const offline = createAnthropicProvider({
    credentials: async () => ({ apiKey: ANTHROPIC_KEY, baseUrl: gone.url }),
    newId: () => 'm',
    delay: async () => undefined,
    random: () => 0,
  })
  expect(await offline.run(at.request(), at.host())).toMatchObject({
    status: 'failed',
    failure: { kind: 'network', retryable: true, message: expect.stringContaining('ECONNREFUSED') },
  })
  expect(at.retries()).toHaveLength(2)
})

test('an abort ends a stalled call within milliseconds, and the server sees it', async () => {
  at.server.play({ default: { text: 'This stops', chunkChars: 3, stall: { afterEvents: 4 } } })
  const controller = new AbortController()
  const running = at.provider().run(at.request(), at.host(controller.signal))
  await at.server.received(1)
  const before = performance.now()
  controller.abort()
  expect(await running).toMatchObject({ status: 'cancelled' })
  expect(performance.now() - before).toBeLessThan(1000)
})
