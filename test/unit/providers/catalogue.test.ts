import { expect, test } from 'vitest'
import type { AcpAgent } from '#electron/providers/acp/agent.ts'
import { ACP_AGENTS } from '#electron/providers/catalogue.ts'

// Each trap of the agents that speak ACP which a setting of theirs avoids, as measured with them in November 2026.
const TOKEN = 'rangers-pass-of-this-step'
const FOLDER = '/own/folder'

function setUp({ setUp, defaultModel }: AcpAgent) {
  const gateway = { baseUrl: 'http://127.0.0.1:4000', token: TOKEN }
  const { env, files = {} } = setUp({ gateway, folder: FOLDER, model: defaultModel ?? 'claude-sonnet-5-5' })
  return { env, files, all: JSON.stringify({ env, files }) }
}

function agentOf(id: AcpAgent['id']): AcpAgent {
  const agent = ACP_AGENTS.find((one) => one.id === id)
  if (!agent) throw new Error(`no ${id}`)
  return agent
}

test.each(ACP_AGENTS)(
  'trap: $program is sent to the gateway with the pass of its step and nothing else',
  (agent) => {
    const { all } = setUp(agent)
    expect(all).toContain('http://127.0.0.1:4000')
    expect(all).toContain(TOKEN)
    expect(all).not.toMatch(/sk-ant-|sk-proj-|AIza/)
  },
)

test.each(ACP_AGENTS)(
  'trap: $program keeps what it remembers in a folder of ours, not beside the person’s',
  (agent) => {
    expect(setUp(agent).all).toContain(FOLDER)
  },
)

test('trap: Gemini breaks with files served by us, and its own choice of a model hangs', () => {
  const gemini = agentOf('acp:gemini')
  expect([gemini.args, gemini.clientFiles]).toEqual([['--acp'], false])
  const { files } = setUp(gemini)
  expect(JSON.parse(files['.gemini/settings.json'] ?? '')).toMatchObject({
    model: { name: gemini.defaultModel },
    telemetry: { enabled: false },
  })
})

test('trap: Copilot asks hosts of its own unless it is told to be offline', () => {
  expect(setUp(agentOf('acp:copilot')).env).toMatchObject({ COPILOT_OFFLINE: 'true' })
})

test('trap: OpenCode allows itself everything and may share what was said, unless it is told not to', () => {
  const { env } = setUp(agentOf('acp:opencode'))
  expect(JSON.parse(env.OPENCODE_CONFIG_CONTENT ?? '')).toMatchObject({
    permission: { edit: 'ask', bash: 'ask', webfetch: 'ask' },
    share: 'disabled',
    autoupdate: false,
  })
})

test('trap: OpenCode runs plugins and servers that a repository names, and takes its permissions, unless it is told not to', () => {
  expect(setUp(agentOf('acp:opencode')).env).toMatchObject({
    OPENCODE_DISABLE_PROJECT_CONFIG: 'true',
    OPENCODE_CONFIG_PROJECT_DISABLE: 'true',
  })
})

test('trap: Gemini runs servers, hooks and commands that a repository names where it trusts the folder', () => {
  const gemini = agentOf('acp:gemini')
  const { env, files } = setUp(gemini)
  expect(env).toMatchObject({ GEMINI_CLI_TRUST_WORKSPACE: 'false' })
  expect(JSON.parse(files['.gemini/settings.json'] ?? '')).toMatchObject({
    security: { folderTrust: { enabled: true } },
  })
  const ownLogin = gemini.setUp({ gateway: null, folder: FOLDER, model: null })
  expect(ownLogin.env).toMatchObject({ GEMINI_CLI_TRUST_WORKSPACE: 'false' })
})

test('trap: Codex judges some of its acts by itself, so it is told to ask', () => {
  expect(setUp(agentOf('acp:codex')).files['config.toml']).toContain('approval_policy = "on-request"')
})

test('trap: Claude Code over ACP would run hooks and MCP servers of the repository', () => {
  expect(agentOf('acp:claude').sessionMeta).toMatchObject({
    claudeCode: {
      options: { settingSources: ['user'], strictMcpConfig: true, settings: { disableAllHooks: true } },
    },
  })
})

test('trap: Claude Code over ACP keeps telemetry and background work unless it is told not to', () => {
  expect(setUp(agentOf('acp:claude')).env).toMatchObject({
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
  })
})
