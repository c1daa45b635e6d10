import type { AcpAgent } from '../agent.ts'

export const copilot: AcpAgent = {
  id: 'acp:copilot',
  program: 'copilot',
  args: ['--acp'],
  versionArgs: ['--version'],
  install: 'npm install --global @github/copilot',
  website: 'https://github.com/features/copilot/cli',
  licence: 'GitHub’s own; see its terms',
  nodeAtLeast: null,
  api: 'anthropic',
  clientFiles: true,
  clientTerminals: true,
  repository: {
    settings: [
      '.github/hooks',
      '.github/copilot/settings.json',
      '.copilot/mcp-config.json',
      '.mcp.json',
      '.vscode/mcp.json',
    ],
    areIgnored: false,
  },
  loginFolders: ['.copilot', '.config/copilot', '.config/github-copilot', '.local/state/copilot'],
  login: 'Run “copilot” once and log in.',
  notes: ['It reports failures of the model as if it had finished; the app looks through its last words.'],
  setUp: ({ gateway, folder, model }) => ({
    env: {
      ...(model ? { COPILOT_MODEL: model } : {}),
      ...(gateway
        ? {
            COPILOT_OFFLINE: 'true',
            COPILOT_PROVIDER_TYPE: 'anthropic',
            COPILOT_PROVIDER_BASE_URL: gateway.baseUrl,
            COPILOT_PROVIDER_API_KEY: gateway.token,
            COPILOT_HOME: folder,
            XDG_CONFIG_HOME: `${folder}/config`,
            XDG_STATE_HOME: `${folder}/state`,
            XDG_CACHE_HOME: `${folder}/cache`,
          }
        : {}),
    },
  }),
}
