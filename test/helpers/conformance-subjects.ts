import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createAcpProvider } from '#electron/providers/acp/acp.ts'
import type { AcpAgent } from '#electron/providers/acp/agent.ts'
import { createAnthropicProvider } from '#electron/providers/anthropic.ts'
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

function ids(): () => string {
  let last = 0
  return () => `id${++last}`
}
