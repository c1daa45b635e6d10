import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listProcesses } from '#electron/platform/process-table.ts'
import { ANTHROPIC_KEY, type AnthropicSteps, openAnthropicSteps } from '../helpers/anthropic-steps.ts'
import { writeFiles } from '../helpers/git-fixture.ts'

let at: AnthropicSteps

beforeEach(async () => {
  at = await openAnthropicSteps()
})
afterEach(() => at[Symbol.asyncDispose]())

const edit = (input: Record<string, unknown>) => ({ name: 'str_replace_based_edit_tool', input })

test('a step is done by a loop of answers and tools, all of it told', async () => {
  const result = await at.play({
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
  expect(await readFile(join(at.workspace, 'src/sum.js'), 'utf8')).toBe(
    'export const sum = (a, b) => a + b\n',
  )
  expect(await readFile(join(at.workspace, 'docs/README.md'), 'utf8')).toBe('Sums.\nRightly.\n')
  expect(at.tools()).toEqual([
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
  expect(at.spoken()).toBe('I look. Mended.')
  expect(at.lastToolResult(1)).toMatchObject([
    { content: '     1\texport const sum = (a, b) => a - b\n     2\t' },
  ])
  expect(at.lastToolResult(2)).toMatchObject([
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
  const result = await at.play({
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
  expect(at.events.findLast((event) => event.type === 'usage')).toMatchObject({ usage: result.usage })
  expect(at.server.requests[0]?.body).toMatchObject({
    cache_control: { type: 'ephemeral' },
    system: [{ cache_control: { type: 'ephemeral' } }],
  })
})

test('the price of an unknown model is unknown, not nothing', async () => {
  const result = await at.play({ default: { text: 'ok' } }, { model: 'claude-of-tomorrow' })
  expect(result).toMatchObject({ status: 'completed', costUsd: null, model: 'claude-of-tomorrow' })
  expect(at.server.requests[0]?.body).not.toHaveProperty('thinking')
})

test('a review is asked for with its schema and tools that only read', async () => {
  const verdict = { status: 'APPROVED', summary: 'Good.', findings: [] }
  const outputSchema = { type: 'object', properties: {}, additionalProperties: false }
  const result = await at.play(
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
  expect(at.tools()).toEqual([['Create x.txt', 'denied']])
  expect(await readdir(at.workspace)).not.toContain('x.txt')
  expect(at.server.requests[0]?.body?.tools?.map((tool) => tool.name)).toEqual([
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
    await mkdir(join(at.folder, 'elsewhere'))
    await symlink(join(at.folder, 'elsewhere'), join(at.workspace, 'link'))
    await symlink(join(at.folder, 'outside.txt'), join(at.workspace, 'dangling'))
    const result = await at.play({
      rules: [
        { turns: [{ tools: [edit({ command: 'create', path, file_text: 'x' })] }, { text: 'I stop.' }] },
      ],
    })
    expect(result.status).toBe('completed')
    expect(at.tools()).toEqual([[`Create ${path}`, 'denied']])
    expect(at.lastToolResult(1)).toMatchObject([
      { is_error: true, content: expect.stringContaining('was refused') },
    ])
    expect(await readdir(join(at.folder, 'elsewhere'))).toEqual([])
    expect(await readdir(at.folder)).toEqual(['elsewhere', 'work space'])
  },
)

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
  const result = await at.play({ rules: [{ times: 1, reply: cutOff }], default: { text: 'ok' } })
  expect(result).toMatchObject({ status: 'completed', text: 'ok' })
  expect(at.server.requests.map((received) => received.body?.max_tokens)).toEqual([32_000, 64_000])
  expect(at.tools()).toEqual([])

  const again = await at.play({ default: cutOff })
  expect(again).toMatchObject({ status: 'failed', failure: { kind: 'max_tokens' } })
  expect(at.server.requests).toHaveLength(2)
  expect(await readdir(at.workspace)).not.toContain('x.txt')
})

test('an abort during the check ends its processes before the step ends', async () => {
  const controller = new AbortController()
  at.server.play({ default: { tools: [{ name: 'run_check', input: {} }] } })
  const running = at
    .provider()
    .run(at.request({ checkCommand: 'echo $$ > pid; sleep 300' }), at.host(controller.signal))
  while (!(await readFile(join(at.workspace, 'pid'), 'utf8').catch(() => ''))) await wait(10)
  controller.abort()
  expect(await running).toMatchObject({ status: 'cancelled' })
  const pid = Number(await readFile(join(at.workspace, 'pid'), 'utf8'))
  expect((await listProcesses()).map((entry) => entry.pid)).not.toContain(pid)
})

test('a model that never finishes is stopped by the number of turns', async () => {
  const result = await at.play({ default: { tools: [{ name: 'list_files', input: {} }] } })
  expect(result).toMatchObject({
    status: 'failed',
    turns: 8,
    failure: { kind: 'max_turns', retryable: true },
  })
})

test('unknown tools and input that does not fit are answered, not fatal', async () => {
  const result = await at.play({
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
  expect(at.lastToolResult(1)).toMatchObject([{ is_error: true }, { is_error: true }, { is_error: true }])
})

test('a workspace that is gone fails the step', async () => {
  const result = await at.play({ default: { text: 'ok' } }, { workspace: join(at.folder, 'gone') })
  expect(result).toMatchObject({ status: 'failed', failure: { kind: 'workspace' } })
})

test('the key is in no event, result or error, nor in the environment of the check', async () => {
  const before = process.env.ANTHROPIC_API_KEY
  process.env.ANTHROPIC_API_KEY = ANTHROPIC_KEY
  try {
    const results = [
      await at.play(
        { rules: [{ turns: [{ tools: [{ name: 'run_check', input: {} }] }, { text: 'ok' }] }] },
        { checkCommand: 'env' },
      ),
      await at.play({ apiKeys: ['another'] }),
      await at.play({ default: { error: { type: 'api_error', message: 'failed' } } }),
    ]
    expect(JSON.stringify([at.events, results])).not.toContain(ANTHROPIC_KEY)
    expect(JSON.stringify(at.events)).toContain('RANGERS_EXECUTION_ID')
  } finally {
    if (before === undefined) delete process.env.ANTHROPIC_API_KEY
    else process.env.ANTHROPIC_API_KEY = before
  }
})

test('files with Windows line ends keep them', async () => {
  await writeFiles(at.workspace, { 'win.txt': 'one\r\ntwo\r\nthree\r\n' })
  await at.play({
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
  expect(await readFile(join(at.workspace, 'win.txt'), 'utf8')).toBe('1\r\n2\r\nthree\r\nfour\r\n')
})
