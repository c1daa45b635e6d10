import type { AcpAgent } from '../agent.ts'

const ASKS = { edit: 'ask', bash: 'ask', webfetch: 'ask' }

export const opencode: AcpAgent = {
  id: 'acp:opencode',
  program: 'opencode',
  args: ['acp'],
  versionArgs: ['--version'],
  install: 'npm install --global opencode-ai',
  website: 'https://opencode.ai',
  licence: 'MIT',
  nodeAtLeast: null,
  api: 'anthropic',
  clientFiles: true,
  clientTerminals: true,
  repository: { settings: ['opencode.json', 'opencode.jsonc', '.opencode'], areIgnored: true },
  loginFolders: ['.config/opencode', '.local/share/opencode', '.local/state/opencode', '.cache/opencode'],
  login: 'Run “opencode auth login” once.',
  notes: [
    'The first start takes up to 20 seconds: it looks for its own parts on the npm registry.',
    'A refused permission ends its turn; it is then told to go on without.',
  ],
  setUp: ({ gateway, folder, model }) => ({
    env: {
      OPENCODE_CONFIG_CONTENT: JSON.stringify(configOf(gateway, model)),
      OPENCODE_DISABLE_AUTOUPDATE: 'true',
      // Its plugins, servers and permissions; the second name is that of version 2.
      OPENCODE_DISABLE_PROJECT_CONFIG: 'true',
      OPENCODE_CONFIG_PROJECT_DISABLE: 'true',
      OPENCODE_DISABLE_LSP_DOWNLOAD: 'true',
      ...(gateway
        ? {
            XDG_CONFIG_HOME: `${folder}/config`,
            XDG_DATA_HOME: `${folder}/data`,
            XDG_STATE_HOME: `${folder}/state`,
            XDG_CACHE_HOME: `${folder}/cache`,
          }
        : {}),
    },
  }),
}

function configOf(gateway: { baseUrl: string; token: string } | null, model: string | null) {
  const common = { permission: ASKS, autoupdate: false, share: 'disabled' }
  if (!gateway || !model) return { ...common, ...(model ? { model } : {}) }
  const provider = {
    npm: '@ai-sdk/anthropic',
    name: 'Agent Rangers',
    options: { baseURL: `${gateway.baseUrl}/v1`, apiKey: gateway.token },
    models: { [model]: { name: model } },
  }
  const chosen = `rangers/${model}`
  return { ...common, model: chosen, small_model: chosen, provider: { rangers: provider } }
}
