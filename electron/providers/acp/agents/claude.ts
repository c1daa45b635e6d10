import type { AcpAgent } from '../agent.ts'

/** Claude Code behind the adapter that lets it speak ACP. */
export const claude: AcpAgent = {
  id: 'acp:claude',
  program: 'claude-agent-acp',
  args: [],
  versionArgs: ['--version'],
  install: 'npm install --global @agentclientprotocol/claude-agent-acp',
  website: 'https://github.com/agentclientprotocol/claude-agent-acp',
  licence: 'Apache-2.0; Claude Code itself has its own terms',
  nodeAtLeast: 22,
  api: 'anthropic',
  clientFiles: true,
  clientTerminals: true,
  // By default it would run hooks and MCP servers of the repository, and ask the model for what might be said next.
  sessionMeta: {
    claudeCode: {
      options: {
        settingSources: ['user'],
        strictMcpConfig: true,
        settings: { disableAllHooks: true },
        promptSuggestions: false,
      },
    },
  },
  repository: {
    settings: ['.claude/settings.json', '.claude/settings.local.json', '.mcp.json'],
    areIgnored: true,
  },
  loginFolders: ['.claude', '.claude.json'],
  login: 'Run “claude” once and log in.',
  notes: ['Uses its own file tools and shell; it asks before it writes.'],
  setUp: ({ gateway, folder, model }) => ({
    env: {
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1',
      CLAUDE_CODE_MAX_RETRIES: '2',
      ...(model ? { ANTHROPIC_MODEL: model } : {}),
      ...(gateway
        ? {
            ANTHROPIC_BASE_URL: gateway.baseUrl,
            ANTHROPIC_API_KEY: gateway.token,
            CLAUDE_CONFIG_DIR: folder,
          }
        : {}),
    },
  }),
}
