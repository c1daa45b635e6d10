import { homedir } from 'node:os'
import { expect, test } from 'vitest'
import { AgentMessages } from '#electron/providers/claude-agent/messages.ts'
import { environmentOf, permissionsFor, safeOptions } from '#electron/providers/claude-agent/options.ts'
import type { ProviderHost, StepRequest, ToolAsk } from '#electron/providers/provider.ts'

// Each trap that the SDK has by default; agents-claude.int.test.ts shows the same with the SDK itself, where it is installed.
const request = (tools: StepRequest['tools']): StepRequest => ({
  executionId: 'e',
  phase: tools === 'edit' ? 'development' : 'review',
  iteration: 1,
  system: 'You work.',
  prompt: 'Mend it.',
  workspace: import.meta.dirname,
  tools,
  checkCommand: null,
  limits: { maxTurns: 8, idleMs: 1000, maxRetries: 10, maxRetryDelayMs: 1000 },
})

/** What its question was answered, and whom it reached. */
async function ask(
  tools: StepRequest['tools'],
  tool: string,
  input: Record<string, unknown>,
  decides = true,
) {
  const asks: ToolAsk[] = []
  const { signal } = new AbortController()
  const decide: ProviderHost['decide'] = async (wanted) => {
    asks.push(wanted)
    return { allow: true }
  }
  const host = { signal, emit: () => {}, ...(decides ? { decide } : {}) } as unknown as ProviderHost
  const messages = new AgentMessages({ workspace: import.meta.dirname, newId: () => 'm', emit: () => {} })
  const answer = await permissionsFor(request(tools), host, messages, { open: 0 })(tool, input, {
    signal,
    toolUseID: 't',
  })
  return { behavior: answer.behavior, asks }
}

test('trap: hooks, MCP servers and settings of the repository would run code', () => {
  expect(safeOptions(request('edit'))).toMatchObject({
    settingSources: [],
    strictMcpConfig: true,
    settings: { disableAllHooks: true },
  })
})

test('trap: a tool that is allowed by name is never asked about', () => {
  const options = safeOptions(request('edit'))
  expect(options).not.toHaveProperty('allowedTools')
  expect(options).not.toHaveProperty('allowDangerouslySkipPermissions')
  expect(options.permissionMode).toBe('default')
})

test('trap: its plan mode writes all the same, so a step that only reads has nothing that writes', async () => {
  expect(safeOptions(request('read-only')).tools).toEqual(['Read', 'Glob', 'Grep'])
  for (const [tool, input] of [
    ['Write', { file_path: 'x.txt', content: 'x' }],
    ['Bash', { command: 'touch x.txt' }],
  ] as const)
    expect(await ask('read-only', tool, input)).toEqual({ behavior: 'deny', asks: [] })
})

test('trap: @file and /command in a card would be expanded', () => {
  expect(safeOptions(request('edit')).verbatimPrompts).toBe(true)
})

test('trap: its own look at a path does not follow links, so what is outside is refused without a question', async () => {
  for (const path of ['../out.txt', `${homedir()}/.bashrc`, '.git/hooks/pre-commit'])
    expect(await ask('edit', 'Write', { file_path: path, content: 'x' })).toEqual({
      behavior: 'deny',
      asks: [],
    })
  expect(await ask('edit', 'Write', { file_path: 'x.txt', content: 'x' })).toMatchObject({
    behavior: 'allow',
    asks: [{ kind: 'edit', paths: ['x.txt'] }],
  })
})

test('trap: where nobody is there to be asked, no command is run', async () => {
  expect(await ask('edit', 'Bash', { command: 'id' }, false)).toEqual({ behavior: 'deny', asks: [] })
})

test('trap: commands see its environment, so that holds a pass of this step and no key of ours', async () => {
  const before = process.env.ANTHROPIC_API_KEY
  process.env.ANTHROPIC_API_KEY = 'sk-ant-secret'
  try {
    const own = await environmentOf(request('edit'), { gateway: null, configFolder: '/nowhere' })
    expect(JSON.stringify(own)).not.toContain('sk-ant-secret')
    expect(own).toMatchObject({
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
      CLAUDE_CODE_MAX_RETRIES: '3', // it tries a refused key ten times, about three minutes
    })
  } finally {
    if (before === undefined) delete process.env.ANTHROPIC_API_KEY
    else process.env.ANTHROPIC_API_KEY = before
  }
})
