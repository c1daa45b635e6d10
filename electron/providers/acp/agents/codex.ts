import type { AcpAgent } from '../agent.ts'

export const codex: AcpAgent = {
  id: 'acp:codex',
  program: 'codex-acp',
  args: [],
  versionArgs: ['--version'],
  install: 'npm install --global @agentclientprotocol/codex-acp',
  website: 'https://github.com/agentclientprotocol/codex-acp',
  licence: 'Apache-2.0',
  nodeAtLeast: null,
  api: 'openai',
  defaultModel: 'gpt-5-codex',
  clientFiles: true,
  clientTerminals: true,
  // It loads them where a person has told it to trust the repository.
  repository: { settings: ['.codex/config.toml'], areIgnored: false },
  loginFolders: ['.codex'],
  login: 'Run “codex login” once.',
  notes: [
    'It reports failures of the model as if it had finished; the app looks through its last words.',
    'It decides some permissions by a model of its own instead of asking.',
    'It contacts github.com and chatgpt.com besides its model.',
  ],
  setUp: ({ gateway, folder, model }) => {
    if (!gateway || !model) return { env: {} }
    return {
      env: { CODEX_HOME: folder, RANGERS_GATEWAY_TOKEN: gateway.token },
      files: {
        'config.toml': [
          `model = ${JSON.stringify(model)}`,
          'model_provider = "rangers"',
          'approval_policy = "on-request"',
          '[model_providers.rangers]',
          'name = "Agent Rangers"',
          `base_url = ${JSON.stringify(`${gateway.baseUrl}/v1`)}`,
          'env_key = "RANGERS_GATEWAY_TOKEN"',
          'wire_api = "responses"',
          '',
        ].join('\n'),
      },
    }
  },
}
