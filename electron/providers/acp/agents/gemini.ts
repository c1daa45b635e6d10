import type { AcpAgent } from '../agent.ts'

export const gemini: AcpAgent = {
  id: 'acp:gemini',
  program: 'gemini',
  args: ['--acp'],
  versionArgs: ['--version'],
  install: 'npm install --global @google/gemini-cli',
  website: 'https://github.com/google-gemini/gemini-cli',
  licence: 'Apache-2.0',
  nodeAtLeast: 20,
  api: 'gemini',
  defaultModel: 'gemini-2.5-pro',
  // With it, a file that does not exist yet fails with "Error checking existing file".
  clientFiles: false,
  clientTerminals: true,
  repository: { settings: ['.gemini'], areIgnored: true },
  loginFolders: ['.gemini'],
  login: 'Run “gemini” once and log in.',
  notes: ['It does not end when it is asked to; the app ends it.', 'It refuses command lines with $( ).'],
  setUp: ({ gateway, folder, model }) => {
    // In a folder that is not trusted it loads none of the settings, servers, hooks and commands that lie there.
    const apart = { GEMINI_CLI_TRUST_WORKSPACE: 'false' }
    if (!gateway) return { env: { ...apart, ...(model ? { GEMINI_MODEL: model } : {}) } }
    // Its default "auto" chooses by asking a model, and hangs on an answer that is no JSON.
    const settings = {
      model: { name: model },
      general: { disableAutoUpdate: true },
      telemetry: { enabled: false },
      security: { folderTrust: { enabled: true } },
    }
    return {
      env: { ...apart, HOME: folder, GOOGLE_GEMINI_BASE_URL: gateway.baseUrl, GEMINI_API_KEY: gateway.token },
      files: { '.gemini/settings.json': JSON.stringify(settings) },
    }
  },
}
