import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Provider, StepResult } from '#electron/providers/provider.ts'
import type { Providers } from '#electron/providers/registry.ts'
import { ProviderId } from '#shared/provider.ts'

export const HTTP_AGENT = ProviderId.parse('acp:http-agent')

/** A process that calls its model through the gateway, `parallel` calls at once, until it is refused for good. */
export function httpAgent({ parallel = 1 } = {}): Provider {
  return {
    id: HTTP_AGENT,
    status: async () => ({
      id: HTTP_AGENT,
      name: 'HTTP agent',
      available: true,
      message: 'A test.',
      is_demo: false,
    }),
    async run(request, host): Promise<StepResult> {
      const access = await host.gateway?.()
      const child = spawn(process.execPath, [path.resolve('test/helpers/http-agent.mjs'), String(parallel)], {
        cwd: request.workspace,
        env: { ANTHROPIC_BASE_URL: access?.baseUrl, ANTHROPIC_API_KEY: access?.token },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const end = () => child.kill('SIGKILL')
      host.signal.addEventListener('abort', end)
      let text = ''
      child.stdout.on('data', (chunk) => {
        text += chunk
        host.emit({ type: 'text', messageId: 'm', delta: String(chunk) })
      })
      const [code] = (await once(child, 'close')) as [number | null]
      host.signal.removeEventListener('abort', end)
      // By its own word all went well, and cost nothing: what happened is known better.
      const usage = { input: 1, output: 1, cache_read: 0, cache_write: 0 }
      const status = code === 0 ? 'completed' : host.signal.aborted ? 'cancelled' : 'failed'
      return { status, text, turns: 1, usage, costUsd: 0, model: null }
    },
  }
}

/** The same providers and this one. */
export function withProvider(providers: Providers, more: Provider): Providers {
  return { ...providers, get: (id) => (id === more.id ? more : providers.get(id)) }
}
