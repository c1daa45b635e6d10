import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCommand } from '#electron/platform/process.ts'
import { listProcesses } from '#electron/platform/process-table.ts'
import { createAnthropicProvider } from '#electron/providers/anthropic.ts'
import type { ProviderEvent, ProviderHost, StepRequest, StepResult } from '#electron/providers/provider.ts'
import type { Scenario } from '../fake-model-server/scenario.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { makeRepository, temporaryFolder, writeFiles } from '../helpers/git-fixture.ts'

const KEY = 'sk-ant-very-secret'
let folder: string
let workspace: string
let server: FakeModelServer
let remove: () => Promise<void>
let events: ProviderEvent[]
let delays: number[]
let ids: number

beforeEach(async () => {
  ;({ path: folder, remove } = await temporaryFolder())
  workspace = await makeRepository(join(folder, 'work space'), {
    'src/sum.js': 'export const sum = (a, b) => a - b\n',
    'README.md': 'Sums.\n',
  })
  server = await startFakeModelServer()
  events = []
  delays = []
  ids = 0
})
afterEach(async () => {
  await server.close()
  await remove()
})

function provider(key: string | null = KEY) {
  return createAnthropicProvider({
    credentials: async () => (key === null ? null : { apiKey: key, baseUrl: server.url }),
    newId: () => `m${++ids}`,
    delay: async (ms, signal) => {
      delays.push(ms)
      signal.throwIfAborted()
    },
    random: () => 0,
  })
}

function request(more: Partial<StepRequest> = {}): StepRequest {
  return {
    executionId: 'e1',
    phase: 'development',
    iteration: 1,
    system: 'You are a developer.',
    prompt: 'Mend the sum.',
    workspace,
    tools: 'edit',
    checkCommand: 'cat src/sum.js',
    limits: { maxTurns: 8, idleMs: 2000, maxRetries: 2, maxRetryDelayMs: 5000 },
    ...more,
  }
}

function host(signal = new AbortController().signal): ProviderHost {
  return {
    signal,
    emit: (event) => events.push(event),
    runCommand: (command, commandSignal) =>
      runCommand({
        command,
        cwd: workspace,
        instanceId: 'i1',
        executionId: 'provider-test',
        timeoutMs: 20_000,
        signal: commandSignal,
      }),
  }
}

async function play(
  scenario: Scenario,
  more: Partial<StepRequest> = {},
  signal?: AbortSignal,
): Promise<StepResult> {
  server.play(scenario)
  return provider().run(request(more), host(signal))
}

const edit = (input: Record<string, unknown>) => ({ name: 'str_replace_based_edit_tool', input })
const spoken = () => events.flatMap((event) => (event.type === 'text' ? [event.delta] : [])).join('')
const tools = () =>
  events.flatMap((event) =>
    event.type === 'tool' && event.status !== 'running' ? [[event.title, event.status]] : [],
  )
const retries = () => events.flatMap((event) => (event.type === 'retry' ? [event] : []))
const lastToolResult = (at: number): unknown => server.requests[at]?.body?.messages.at(-1)?.content

test('a step is done by a loop of answers and tools, all of it told', async () => {
  const result = await play({
    rules: [
      {
        turns: [
          {
            thinking: 'Look first.',
            text: 'I look. ',
            tools: [edit({ command: 'view', path: 'src/sum.js' })],
          },
          {
            tools: [
              edit({ command: 'str_replace', path: 'src/sum.js', old_str: 'a - b', new_str: 'a + b' }),
              edit({ command: 'create', path: 'test/sum.test.js', file_text: 'test\n' }),
              edit({ command: 'create', path: 'test/sum.test.js', file_text: 'another test\n' }),
              edit({ command: 'insert', path: 'README.md', insert_line: 1, insert_text: 'Rightly.' }),
              { name: 'search', input: { pattern: 'a + b' } },
              { name: 'list_files', input: {} },
              { name: 'move_file', input: { from: 'README.md', to: 'docs/README.md' } },
              { name: 'run_check', input: {} },
            ],
          },
          { text: 'Mended.' },
        ],
      },
    ],
  })
  expect(result).toMatchObject({ status: 'completed', text: 'Mended.', turns: 3, model: 'claude-sonnet-5-5' })
  expect(await readFile(join(workspace, 'src/sum.js'), 'utf8')).toBe('export const sum = (a, b) => a + b\n')
  expect(await readFile(join(workspace, 'docs/README.md'), 'utf8')).toBe('Sums.\nRightly.\n')
  expect(tools()).toEqual([
    ['View src/sum.js', 'done'],
    ['Edit src/sum.js', 'done'],
    ['Create test/sum.test.js', 'done'],
    ['Overwrite test/sum.test.js', 'done'],
    ['Insert into README.md', 'done'],
    ['Search “a + b”', 'done'],
    ['List files', 'done'],
    ['Move README.md to docs/README.md', 'done'],
    ['Run the check', 'done'],
  ])
  expect(spoken()).toBe('I look. Mended.')
  expect(lastToolResult(1)).toMatchObject([
    { content: '     1\texport const sum = (a, b) => a - b\n     2\t' },
  ])
  expect(lastToolResult(2)).toMatchObject([
    {},
    {},
    {},
    {},
    { content: 'src/sum.js:1:export const sum = (a, b) => a + b' },
    { content: 'README.md\nsrc/sum.js\ntest/sum.test.js' },
    {},
    { content: expect.stringContaining('ended with exit code 0.\nexport const sum = (a, b) => a + b') },
  ])
})

test('usage and cost are sums over all calls, and prompts are cached', async () => {
  const usage = {
    input_tokens: 1000,
    output_tokens: 200,
    cache_read_input_tokens: 4000,
    cache_creation_input_tokens: 400,
  }
  const result = await play({
    rules: [
      {
        turns: [
          { usage, tools: [{ name: 'list_files', input: {} }] },
          { usage, text: 'Done.' },
        ],
      },
    ],
  })
  expect(result.usage).toEqual({ input: 2000, output: 400, cache_read: 8000, cache_write: 800 })
  // Sonnet 5.5: 2 and 10 dollars a million, 0.1 to read the cache, 2.5 to write it.
  expect(result.costUsd).toBeCloseTo((2000 * 2 + 400 * 10 + 8000 * 0.1 + 800 * 2.5) / 1e6, 10)
  expect(events.findLast((event) => event.type === 'usage')).toMatchObject({ usage: result.usage })
  expect(server.requests[0]?.body).toMatchObject({
    cache_control: { type: 'ephemeral' },
    system: [{ cache_control: { type: 'ephemeral' } }],
  })
})

test('the price of an unknown model is unknown, not nothing', async () => {
  const result = await play({ default: { text: 'ok' } }, { model: 'claude-of-tomorrow' })
  expect(result).toMatchObject({ status: 'completed', costUsd: null, model: 'claude-of-tomorrow' })
  expect(server.requests[0]?.body).not.toHaveProperty('thinking')
})

test('a review is asked for with its schema and tools that only read', async () => {
  const verdict = { status: 'APPROVED', summary: 'Good.', findings: [] }
  const outputSchema = { type: 'object', properties: {}, additionalProperties: false }
  const result = await play(
    {
      rules: [
        {
          match: { structured: true },
          turns: [{ tools: [edit({ command: 'create', path: 'x.txt', file_text: 'x' })] }, { json: verdict }],
        },
      ],
    },
    { phase: 'review', tools: 'read-only', outputSchema },
  )
  expect(result).toMatchObject({
    status: 'completed',
    text: JSON.stringify(verdict),
    model: 'claude-opus-5-5',
  })
  expect(tools()).toEqual([['Create x.txt', 'denied']])
  expect(await readdir(workspace)).not.toContain('x.txt')
  expect(server.requests[0]?.body?.tools?.map((tool) => tool.name)).toEqual([
    'str_replace_based_edit_tool',
    'list_files',
    'search',
  ])
})

test.each([
  ['..', '../outside.txt'],
  ['an absolute path', '/tmp/rangers-must-not-exist.txt'],
  ['a symlink to a folder outside', 'link/outside.txt'],
  ['a symlink to a file outside', 'dangling'],
  ['git’s internals', '.git/hooks/pre-commit'],
])(
  'an edit outside the workspace by %s is denied, told to the model, and changes nothing',
  async (_what, path) => {
    await mkdir(join(folder, 'elsewhere'))
    await symlink(join(folder, 'elsewhere'), join(workspace, 'link'))
    await symlink(join(folder, 'outside.txt'), join(workspace, 'dangling'))
    const result = await play({
      rules: [
        { turns: [{ tools: [edit({ command: 'create', path, file_text: 'x' })] }, { text: 'I stop.' }] },
      ],
    })
    expect(result.status).toBe('completed')
    expect(tools()).toEqual([[`Create ${path}`, 'denied']])
    expect(lastToolResult(1)).toMatchObject([
      { is_error: true, content: expect.stringContaining('was refused') },
    ])
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([])
    expect(await readdir(folder)).toEqual(['elsewhere', 'work space'])
  },
)

test('a wrong key fails at once with what to do', async () => {
  const result = await play({ apiKeys: ['another'] })
  expect(result).toMatchObject({
    status: 'failed',
    failure: {
      kind: 'auth',
      retryable: false,
      message: expect.stringContaining('Settings'),
      requestId: 'req_fake_1',
    },
  })
  expect(server.requests).toHaveLength(1)
})

test('no key is told before anything is asked, and by the status', async () => {
  expect(await provider(null).run(request(), host())).toMatchObject({
    status: 'failed',
    failure: { kind: 'auth' },
  })
  expect(await provider(null).status()).toMatchObject({
    available: false,
    message: expect.stringContaining('ANTHROPIC_API_KEY'),
  })
  expect(await provider().status()).toMatchObject({ available: true, is_demo: false })
  expect(server.requests).toHaveLength(0)
})

test('429 waits as long as it is told to, shows it, and goes on', async () => {
  const result = await play({
    rules: [{ times: 1, reply: { error: { type: 'rate_limit_error' }, headers: { 'retry-after': '3' } } }],
    default: { text: 'ok' },
  })
  expect(result.status).toBe('completed')
  expect(retries()).toEqual([{ type: 'retry', attempt: 1, max: 2, delayMs: 3000, cause: 'rate_limit' }])
  expect(delays).toEqual([3000])
})

test('a retry-after that is too long ends the step at once and says how long', async () => {
  const result = await play({
    default: { error: { type: 'rate_limit_error' }, headers: { 'retry-after': '600' } },
  })
  expect(result).toMatchObject({
    status: 'failed',
    failure: { kind: 'rate_limit', retryable: true, message: expect.stringContaining('600 s') },
  })
  expect(delays).toEqual([])
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
  const result = await play({ rules: [{ times: 2, reply }], default: { text: 'ok' } })
  expect(result).toMatchObject({ status: 'completed', text: 'ok' })
  expect(retries()).toEqual([
    { type: 'retry', attempt: 1, max: 2, delayMs: 500, cause },
    { type: 'retry', attempt: 2, max: 2, delayMs: 1000, cause },
  ])
})

test('529 for ever ends as failed after the last repetition', async () => {
  const result = await play({ default: { error: { type: 'overloaded_error' } } })
  expect(result).toMatchObject({ status: 'failed', failure: { kind: 'overloaded', retryable: true } })
  expect(server.requests).toHaveLength(3)
})

test.each([
  ['after some text', { text: 'This stops', chunkChars: 3, stall: { afterEvents: 4 } }],
  ['before any answer', { hang: true }],
])('silence %s is ended by the watchdog and repeated', async (_what, reply) => {
  const limits = { maxTurns: 8, idleMs: 400, maxRetries: 2, maxRetryDelayMs: 5000 }
  const result = await play({ rules: [{ times: 1, reply }], default: { text: 'ok' } }, { limits })
  expect(result).toMatchObject({ status: 'completed', text: 'ok' })
  expect(retries()).toMatchObject([{ cause: 'timeout' }])
  expect(server.requests[0]?.closedByClient).toBe(true)
})

test('pings keep a thinking model alive, though not for ever', async () => {
  const limits = { maxTurns: 8, idleMs: 300, maxRetries: 0, maxRetryDelayMs: 5000 }
  const started = performance.now()
  const result = await play(
    { default: { text: 'x', stall: { afterEvents: 3, pingEveryMs: 30 } } },
    { limits },
  )
  expect(result).toMatchObject({ status: 'failed', failure: { kind: 'timeout' } })
  expect(performance.now() - started).toBeGreaterThan(2000)
})

test('a refusal is a failure with the next step, and none of its tools is run', async () => {
  const result = await play({
    default: {
      text: 'No.',
      tools: [edit({ command: 'create', path: 'x.txt', file_text: 'x' })],
      stop_reason: 'refusal',
    },
  })
  expect(result).toMatchObject({ status: 'failed', failure: { kind: 'refusal', retryable: false } })
  expect(tools()).toEqual([])
  expect(await readdir(workspace)).not.toContain('x.txt')
})

test('a tool call of a truncated answer is never run: it is asked again with more room', async () => {
  const cutOff = {
    tools: [
      {
        name: 'str_replace_based_edit_tool',
        rawInput: '{"command":"create","path":"x.txt","file_text":"abc',
      },
    ],
    stop_reason: 'max_tokens',
  }
  const result = await play({ rules: [{ times: 1, reply: cutOff }], default: { text: 'ok' } })
  expect(result).toMatchObject({ status: 'completed', text: 'ok' })
  expect(server.requests.map((received) => received.body?.max_tokens)).toEqual([32_000, 64_000])
  expect(tools()).toEqual([])

  events = []
  const again = await play({ default: cutOff })
  expect(again).toMatchObject({ status: 'failed', failure: { kind: 'max_tokens' } })
  expect(server.requests).toHaveLength(2)
  expect(await readdir(workspace)).not.toContain('x.txt')
})

test('a prompt that is too long and a model that does not exist are named', async () => {
  const tooLong = { error: { type: 'invalid_request_error', message: 'prompt is too long: 2 > 1' } }
  expect(await play({ default: tooLong })).toMatchObject({
    failure: { kind: 'context_too_long', retryable: false },
  })
  const noModel = { error: { type: 'not_found_error', message: 'model: x' } }
  expect(await play({ default: noModel })).toMatchObject({ failure: { kind: 'model_unavailable' } })
})

test('a default that the key is not offered is replaced by the newest of its family, and that is said', async () => {
  const models = ['claude-opus-9', 'claude-sonnet-9', 'claude-sonnet-8']
  const result = await play({ models, default: { text: 'ok' } })
  expect(result).toMatchObject({ status: 'completed', text: 'ok', model: 'claude-sonnet-9' })
  expect(events).toContainEqual({
    type: 'notice',
    level: 'warn',
    text: 'claude-sonnet-5-5 is not offered to your key; claude-sonnet-9 does this step instead.',
  })
  expect(await provider().models?.(new AbortController().signal)).toEqual(
    models.map((id) => ({ id, name: id })),
  )

  const chosen = await play({ models, default: { text: 'ok' } }, { model: 'claude-of-tomorrow' })
  expect(chosen).toMatchObject({ status: 'failed', failure: { kind: 'model_unavailable' } })
})

test('a server that is not there is a network failure after all repetitions', async () => {
  const gone = await startFakeModelServer()
  await gone.close()
  const offline = createAnthropicProvider({
    credentials: async () => ({ apiKey: KEY, baseUrl: gone.url }),
    newId: () => 'm',
    delay: async () => undefined,
    random: () => 0,
  })
  expect(await offline.run(request(), host())).toMatchObject({
    status: 'failed',
    failure: { kind: 'network', retryable: true, message: expect.stringContaining('ECONNREFUSED') },
  })
  expect(retries()).toHaveLength(2)
})

test('an abort ends a stalled call within milliseconds, and the server sees it', async () => {
  server.play({ default: { text: 'This stops', chunkChars: 3, stall: { afterEvents: 4 } } })
  const controller = new AbortController()
  const running = provider().run(request(), host(controller.signal))
  await server.received(1)
  const before = performance.now()
  controller.abort()
  expect(await running).toMatchObject({ status: 'cancelled' })
  expect(performance.now() - before).toBeLessThan(1000)
})

test('an abort during the check ends its processes before the step ends', async () => {
  const controller = new AbortController()
  server.play({ default: { tools: [{ name: 'run_check', input: {} }] } })
  const running = provider().run(
    request({ checkCommand: 'echo $$ > pid; sleep 300' }),
    host(controller.signal),
  )
  while (!(await readFile(join(workspace, 'pid'), 'utf8').catch(() => ''))) await wait(10)
  controller.abort()
  expect(await running).toMatchObject({ status: 'cancelled' })
  const pid = Number(await readFile(join(workspace, 'pid'), 'utf8'))
  expect((await listProcesses()).map((entry) => entry.pid)).not.toContain(pid)
})

test('a model that never finishes is stopped by the number of turns', async () => {
  const result = await play({ default: { tools: [{ name: 'list_files', input: {} }] } })
  expect(result).toMatchObject({
    status: 'failed',
    turns: 8,
    failure: { kind: 'max_turns', retryable: true },
  })
})

test('unknown tools and input that does not fit are answered, not fatal', async () => {
  const result = await play({
    rules: [
      {
        turns: [
          {
            tools: [
              { name: 'bash', input: { command: 'id' } },
              edit({ command: 'undo_edit', path: 'x' }),
              edit({ command: 'view', path: 'no.txt' }),
            ],
          },
          { text: 'ok' },
        ],
      },
    ],
  })
  expect(result.status).toBe('completed')
  expect(lastToolResult(1)).toMatchObject([{ is_error: true }, { is_error: true }, { is_error: true }])
})

test('a workspace that is gone fails the step', async () => {
  const result = await play({ default: { text: 'ok' } }, { workspace: join(folder, 'gone') })
  expect(result).toMatchObject({ status: 'failed', failure: { kind: 'workspace' } })
})

test('the key is in no event, result or error, nor in the environment of the check', async () => {
  const before = process.env.ANTHROPIC_API_KEY
  process.env.ANTHROPIC_API_KEY = KEY
  try {
    const results = [
      await play(
        { rules: [{ turns: [{ tools: [{ name: 'run_check', input: {} }] }, { text: 'ok' }] }] },
        { checkCommand: 'env' },
      ),
      await play({ apiKeys: ['another'] }),
      await play({ default: { error: { type: 'api_error', message: 'failed' } } }),
    ]
    expect(JSON.stringify([events, results])).not.toContain(KEY)
    expect(JSON.stringify(events)).toContain('RANGERS_EXECUTION_ID')
  } finally {
    if (before === undefined) delete process.env.ANTHROPIC_API_KEY
    else process.env.ANTHROPIC_API_KEY = before
  }
})

test('files with Windows line ends keep them', async () => {
  await writeFiles(workspace, { 'win.txt': 'one\r\ntwo\r\nthree\r\n' })
  await play({
    rules: [
      {
        turns: [
          {
            tools: [
              edit({ command: 'str_replace', path: 'win.txt', old_str: 'one\ntwo', new_str: '1\n2' }),
              edit({ command: 'insert', path: 'win.txt', insert_line: 3, new_str: 'four\n' }),
            ],
          },
          { text: 'ok' },
        ],
      },
    ],
  })
  expect(await readFile(join(workspace, 'win.txt'), 'utf8')).toBe('1\r\n2\r\nthree\r\nfour\r\n')
})
