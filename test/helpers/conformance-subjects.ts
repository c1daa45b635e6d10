import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createAcpProvider } from '#electron/providers/acp/acp.ts'
import type { AcpAgent } from '#electron/providers/acp/agent.ts'
import { createAnthropicProvider } from '#electron/providers/anthropic.ts'
import { createClaudeAgentProvider } from '#electron/providers/claude-agent/claude-agent.ts'
import { SDK_PACKAGE, SDK_VERSION } from '#electron/providers/claude-agent/find-sdk.ts'
import type { Subject } from './conformance.ts'

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
  }
}

/** The real Claude Agent SDK, installed below this folder. */
export function claudeAgent(modules: string): Subject {
  return {
    name: 'claude-agent',
    async provider(_server, folder) {
      await mkdir(folder, { recursive: true })
      const path = join(modules, SDK_PACKAGE)
      const found = { path, version: SDK_VERSION, file: join(path, 'sdk.mjs'), isOurs: true, program: null }
      return createClaudeAgentProvider({
        folder,
        find: async () => found,
        hasKey: () => true,
        models: async () => [],
        newId: ids(),
      })
    },
    write: (path, text) => ({ name: 'Write', input: { file_path: path, content: text } }),
    sleep: () => ({ name: 'Bash', input: { command: 'sleep 600' } }),
    // It asks again without streaming, and tells its model about input that does not fit until the turns are used up.
    kinds: {
      'a cut connection': 'completed',
      'a stream that ends midway': 'completed',
      'malformed JSON': 'max_turns',
    },
    refusesWithTools: false,
    phases: ['development', 'review'],
    idleMs: 2500,
  }
}

function ids(): () => string {
  let last = 0
  return () => `id${++last}`
}
