import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createAcpProvider } from '#electron/providers/acp/acp.ts'
import type { AcpAgent } from '#electron/providers/acp/agent.ts'
import { createAnthropicProvider } from '#electron/providers/anthropic.ts'
import { createClaudeAgentProvider } from '#electron/providers/claude-agent/claude-agent.ts'
import { SDK_PACKAGE, SDK_VERSION } from '#electron/providers/claude-agent/find-sdk.ts'
import { createScriptedProvider } from '#electron/providers/scripted/scripted.ts'
import type { Subject } from './conformance.ts'
import { CLAUDE_AGENT_KINDS } from './conformance-cases.ts'
import { spawnInProcess } from './conformance-in-process.ts'

export const anthropic: Subject = {
  name: 'anthropic',
  async provider(server) {
    return createAnthropicProvider({
      credentials: async () => ({ apiKey: 'sk-ant-secret', baseUrl: server.url }),
      newId: ids(),
      delay: async (_ms, signal) => signal.throwIfAborted(),
      random: () => 0,
    })
  },
  write: (path, text) => ({
    name: 'str_replace_based_edit_tool',
    input: { command: 'create', path, file_text: text },
  }),
  sleep: () => ({ name: 'run_check', input: {} }),
}

/** It plays fixed scripts: whatever its model would be asked or would fail at cannot happen to it. */
export const scripted: Subject = {
  name: 'scripted',
  asksModel: false,
  async provider() {
    return createScriptedProvider({
      newId: ids(),
      delay: async (_ms, signal) => signal.throwIfAborted(),
    })
  },
  write: () => ({ name: 'edit', input: {} }),
  sleep: () => ({ name: 'run_check', input: {} }),
}

/** Our own small agent in test/agents; `env` chooses how it fails. */
export function plainAgent(env: Record<string, string> = {}): AcpAgent {
  return {
    id: 'acp:plain',
    program: 'plain-agent',
    args: [resolve('test/agents/plain-agent.mjs')],
    versionArgs: ['--version'],
    install: 'npm install plain-agent',
    website: 'https://example.com',
    licence: 'MIT',
    nodeAtLeast: null,
    api: 'anthropic',
    clientFiles: true,
    clientTerminals: true,
    sessionMeta: { plain: 'settings' },
    repository: { settings: ['.plain'], areIgnored: false },
    loginFolders: [],
    login: 'Log in.',
    notes: [],
    setUp: ({ gateway, model }) => ({
      env: {
        ...env,
        ...(model ? { ANTHROPIC_MODEL: model } : {}),
        ...(gateway ? { ANTHROPIC_BASE_URL: gateway.baseUrl, ANTHROPIC_API_KEY: gateway.token } : {}),
      },
    }),
  }
}

/** `throw`: the agent answers a failure with an error. `words`: it says the failure and ends as if all were well. */
export function acp(errors: 'throw' | 'words', env: Record<string, string> = {}): Subject {
  return {
    name: `acp, failures by ${errors}`,
    async provider(_server, folder) {
      await mkdir(folder, { recursive: true })
      return createAcpProvider(plainAgent({ PLAIN_ERRORS: errors, ...env }), {
        folder,
        find: async () => ({ path: process.execPath, version: '1.2.3' }),
        hasKey: () => true,
        newId: ids(),
        version: '0.0.0',
      })
    },
    write: (path, text) => ({ name: 'write_file', input: { path, text } }),
    sleep: () => ({ name: 'run', input: { command: 'sleep', args: ['600'] } }),
    spawnInProcess,
    onlyItsFailures: errors === 'words',
  }
}

/** The real Claude Agent SDK, installed below this folder. */
export function claudeAgent(modules: string, hasKey = true): Subject {
  return {
    name: 'claude-agent',
    async provider(_server, folder) {
      await mkdir(folder, { recursive: true })
      const path = join(modules, SDK_PACKAGE)
      const found = { path, version: SDK_VERSION, file: join(path, 'sdk.mjs'), isOurs: true, program: null }
      return createClaudeAgentProvider({
        folder,
        find: async () => found,
        hasKey: () => hasKey,
        models: async () => [],
        newId: ids(),
      })
    },
    write: (path, text) => ({ name: 'Write', input: { file_path: path, content: text } }),
    sleep: () => ({ name: 'Bash', input: { command: 'sleep 600' } }),
    kinds: CLAUDE_AGENT_KINDS,
    refusesWithTools: false,
    atOnce: 2,
  }
}

function ids(): () => string {
  let last = 0
  return () => `id${++last}`
}
