import { createGateway, type Gateway, type GatewayPass } from '#electron/gateway/gateway.ts'
import type { EndedCall, WantedCall } from '#electron/gateway/model-call.ts'
import type { Upstreams } from '#electron/gateway/upstreams.ts'
import { BudgetError } from '#shared/errors.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { type ApiServer, startApiServer } from './api-server.ts'

export const GATEWAY_KEY = 'sk-ant-the-real-key-of-this-machine'
export const PROMPT = {
  model: 'claude-sonnet-5-5',
  max_tokens: 500,
  messages: [{ role: 'user', content: 'Say ok.' }],
}

interface Ask {
  path?: string
  method?: string
  headers?: Record<string, string>
  body?: unknown
  signal?: AbortSignal
}

/** A gateway between an agent with a pass and the APIs of models, which are ours; what passed is written down. */
export interface GatewayFixture extends AsyncDisposable {
  model: FakeModelServer
  other: ApiServer
  gateway: Gateway
  pass: GatewayPass
  wanted: WantedCall[]
  ended: EndedCall[]
  /** What the Anthropic API answered to the key. */
  heard: number[]
  keys: { anthropic: string | null; openai: string | null; gemini: string | null }
  refuses: boolean
  guest: AbortController
  admit(where?: Gateway): Promise<GatewayPass>
  /** A call of the agent with its pass. */
  ask(call?: Ask): Promise<Response>
}

/** `fail` is told what the gateway warns of: there is nothing to warn of. */
export async function openGatewayFixture(fail: (warning: string) => void): Promise<GatewayFixture> {
  const model = await startFakeModelServer({ scenario: { apiKeys: [GATEWAY_KEY], default: { text: 'ok' } } })
  const other = await startApiServer()
  const guest = new AbortController()
  const upstreams = (): Upstreams => ({
    anthropic: {
      baseUrl: at.model.url,
      key: at.keys.anthropic,
      heard: (status) => at.heard.push(status),
    },
    openai: { baseUrl: `${other.url}/v1`, key: at.keys.openai },
    gemini: { baseUrl: other.url, key: at.keys.gemini },
  })
  const gateway = createGateway({
    upstreams,
    log: { warn: (fields: object) => fail(JSON.stringify(fields)) },
  })
  const admit = (where = gateway) =>
    where.admit({
      signal: guest.signal,
      async begin(call) {
        at.wanted.push(call)
        if (at.refuses) throw new BudgetError('Used up.', { scope: 'execution', limit_usd: 1, spent_usd: 1 })
        return {
          watch: () => undefined,
          drop: () => undefined,
          async end(call) {
            at.ended.push(call)
            return null
          },
        }
      },
    })
  const at: Omit<GatewayFixture, 'pass' | 'ask'> = {
    model,
    other,
    gateway,
    wanted: [],
    ended: [],
    heard: [],
    keys: { anthropic: GATEWAY_KEY, openai: 'sk-openai-key', gemini: 'gemini-key' },
    refuses: false,
    guest,
    admit,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await at.model.close()
      await other.close()
    },
  }
  const open: GatewayFixture = Object.assign(at, {
    pass: await admit(),
    ask: ({ path = '/v1/messages', method = 'POST', headers, body = PROMPT, signal }: Ask = {}) =>
      fetch(open.pass.baseUrl + path, {
        method,
        headers: headers ?? { authorization: `Bearer ${open.pass.token}` },
        ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
        ...(signal ? { signal } : {}),
      }),
  })
  return open
}
