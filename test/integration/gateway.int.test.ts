import { once } from 'node:events'
import http from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGateway, type Gateway, type GatewayPass } from '#electron/gateway/gateway.ts'
import type { EndedCall, WantedCall } from '#electron/gateway/model-meter.ts'
import type { Upstreams } from '#electron/gateway/upstreams.ts'
import { BudgetError } from '#shared/errors.ts'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { type ApiServer, startApiServer } from '../helpers/api-server.ts'
import { listenerWarnings } from '../helpers/listener-warnings.ts'

const KEY = 'sk-ant-the-real-key-of-this-machine'
const PROMPT = {
  model: 'claude-sonnet-5-5',
  max_tokens: 500,
  messages: [{ role: 'user', content: 'Say ok.' }],
}

let model: FakeModelServer
let other: ApiServer
let gateway: Gateway
let pass: GatewayPass
let wanted: WantedCall[]
let ended: EndedCall[]
let keys: { anthropic: string | null; openai: string | null; gemini: string | null }
let refuses: boolean
let guest: AbortController

beforeEach(async () => {
  model = await startFakeModelServer({ scenario: { apiKeys: [KEY], default: { text: 'ok' } } })
  other = await startApiServer()
  keys = { anthropic: KEY, openai: 'sk-openai-key', gemini: 'gemini-key' }
  gateway = createGateway({
    upstreams: (): Upstreams => ({
      anthropic: { baseUrl: model.url, key: keys.anthropic },
      openai: { baseUrl: `${other.url}/v1`, key: keys.openai },
      gemini: { baseUrl: other.url, key: keys.gemini },
    }),
    log: { warn: (fields: object) => expect.unreachable(JSON.stringify(fields)) },
  })
  ;[wanted, ended, refuses, guest] = [[], [], false, new AbortController()]
  pass = await admit()
})
afterEach(async () => {
  await gateway[Symbol.asyncDispose]()
  await model.close()
  await other.close()
})

function admit(where = gateway): Promise<GatewayPass> {
  return where.admit({
    signal: guest.signal,
    async begin(call) {
      wanted.push(call)
      if (refuses) {
        throw new BudgetError('Used up.', { scope: 'execution', limit_usd: 1, spent_usd: 1 })
      }
      return {
        watch: () => undefined,
        drop: () => undefined,
        async end(call) {
          ended.push(call)
          return null
        },
      }
    },
  })
}

interface Ask {
  path?: string
  method?: string
  headers?: Record<string, string>
  body?: unknown
  signal?: AbortSignal
}

function ask({ path = '/v1/messages', method = 'POST', headers, body = PROMPT, signal }: Ask = {}) {
  return fetch(pass.baseUrl + path, {
    method,
    headers: headers ?? { authorization: `Bearer ${pass.token}` },
    ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    ...(signal ? { signal } : {}),
  })
}

const isRefusedAt = (url: string) =>
  new Promise<boolean>((resolve) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true))
    socket.once('close', () => socket.destroy())
  })

describe('a pass', () => {
  it.each([
    ['a bearer token', (token: string) => ({ authorization: `Bearer ${token}` })],
    ['x-api-key', (token: string) => ({ 'x-api-key': token })],
  ])('is taken as %s, and the API is given the real key in the same way', async (_name, headers) => {
    const answer = await ask({ headers: headers(pass.token) })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ content: [{ text: 'ok' }] })
    expect(model.requests[0]).toMatchObject({ credential: `${KEY.length} characters` })
    expect(JSON.stringify(model.requests)).not.toContain(pass.token)
  })

  it('that is wrong, missing or over is refused as the API itself would, and nothing is passed on', async () => {
    const refusals = [
      await ask({ headers: {} }),
      await ask({ headers: { authorization: 'Bearer rangers-guessed' } }),
      await ask({ headers: { 'x-api-key': KEY } }),
    ]
    for (const answer of refusals) {
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ type: 'error', error: { type: 'authentication_error' } })
    }
    const second = await admit()
    await pass.revoke()
    expect((await ask()).status).toBe(401)
    await second.revoke()
    expect(model.requests).toEqual([])
  })

  it('is 256 random bits, another for each guest', async () => {
    const second = await admit()
    expect(second.token).not.toBe(pass.token)
    expect(Buffer.from(second.token.replace('rangers-', ''), 'base64url')).toHaveLength(32)
  })
})

describe('the port', () => {
  it('is open on loopback while somebody has a pass, and closed when the last is gone', async () => {
    expect(new URL(pass.baseUrl).hostname).toBe('127.0.0.1')
    const second = await admit()
    expect(second.baseUrl).toBe(pass.baseUrl)
    await second.revoke()
    expect(await isRefusedAt(pass.baseUrl)).toBe(false)
    await pass.revoke()
    expect(await isRefusedAt(pass.baseUrl)).toBe(true)
    pass = await admit()
    expect((await ask()).status).toBe(200)
  })

  it('serves no pages of a browser, and nobody who has it under another name', async () => {
    const token = { authorization: `Bearer ${pass.token}` }
    const refused = [
      await ask({ headers: { ...token, origin: 'https://example.com' } }),
      await ask({ headers: { ...token, 'sec-fetch-site': 'cross-site' } }),
      await ask({ headers: token, method: 'OPTIONS' }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 404])
    expect(refused.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([
      null,
      null,
      null,
    ])
    const { port } = new URL(pass.baseUrl)
    const request = http.request({
      port,
      method: 'POST',
      path: '/v1/messages',
      headers: { ...token, host: 'evil.example' },
    })
    request.end('{}')
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage]
    expect(answer.statusCode).toBe(403)
    answer.resume()
    expect(model.requests).toEqual([])
  })
})

describe('a call', () => {
  it('is streamed through piece by piece, and what it used is read as it passes', async () => {
    model.play({
      default: {
        text: 'Grüße 世界',
        chunkChars: 1,
        usage: {
          input_tokens: 7,
          output_tokens: 9,
          cache_read_input_tokens: 11,
          cache_creation_input_tokens: 13,
        },
      },
    })
    const answer = await ask({ body: { ...PROMPT, stream: true } })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const text = await answer.text()
    expect(text).toContain('event: message_stop')
    expect(text).toContain('世')
    await pass.revoke()
    expect(wanted).toMatchObject([{ model: PROMPT.model, answerTokens: 500 }])
    expect(ended).toMatchObject([
      {
        model: PROMPT.model,
        status: 200,
        isEstimate: false,
        usage: { input: 7, output: 9, cache_read: 11, cache_write: 13 },
      },
    ])
  })

  it('keeps what the agent says of its request, and loses what belongs to the connection', async () => {
    await ask({
      path: '/v1/messages?beta=true',
      headers: {
        'x-api-key': pass.token,
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'some-beta',
        'accept-encoding': 'gzip, br',
        cookie: 'a=b',
        te: 'trailers',
      },
    })
    const { headers } = model.requests[0] ?? { headers: {} }
    expect(headers).toMatchObject({
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'some-beta',
      'accept-encoding': 'identity',
      host: new URL(model.url).host,
    })
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['cookie']))
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['te']))
  })

  it('that the API refuses is passed back with its words but without the key, and has cost nothing', async () => {
    model.play({
      default: {
        error: { type: 'rate_limit_error', message: `slow down, ${KEY}` },
        headers: { 'retry-after': '7' },
      },
    })
    const answer = await ask()
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7'])
    const text = await answer.text()
    expect(text).toContain('slow down, [redacted]')
    await pass.revoke()
    expect(ended).toMatchObject([{ status: 429, usage: { input: 0, output: 0 } }])
  })

  it.each([
    ['/v1/messages', PROMPT, { type: 'error', error: { type: 'billing_error', message: 'Used up.' } }],
    ['/v1/responses', { model: 'gpt-5' }, { error: { type: 'insufficient_quota', message: 'Used up.' } }],
    [
      '/v1/chat/completions',
      { model: 'gpt-5' },
      { error: { code: 'insufficient_quota', message: 'Used up.' } },
    ],
    [
      '/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse',
      { contents: [] },
      { error: { code: 402, status: 'RESOURCE_EXHAUSTED', message: 'Used up.' } },
    ],
  ])(
    'above the budget is refused at %s in the words of its API, however often it is tried',
    async (path, body, said) => {
      refuses = true
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const answer = await ask({ path, body })
        expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([402, 'false'])
        expect(await answer.json()).toMatchObject(said)
      }
      expect([model.requests.length, other.requests.length, ended.length]).toEqual([0, 0, 0])
    },
  )

  it('is cut at once on both sides when the step ends, and what came is counted as an estimate', async () => {
    model.play({ default: { text: 'x'.repeat(400), chunkChars: 40, stall: { afterEvents: 8 } } })
    const answer = await ask({ body: { ...PROMPT, stream: true } })
    const reader = answer.body?.getReader()
    await reader?.read()
    const before = performance.now()
    guest.abort()
    await expect(readToEnd(reader)).rejects.toThrow()
    await pass.revoke()
    expect(performance.now() - before).toBeLessThan(1000)
    await model.received(1)
    await expect.poll(() => model.requests[0]?.closedByClient).toBe(true)
    expect(ended).toMatchObject([{ isEstimate: true, usage: { input: 100, output: expect.any(Number) } }])
    expect(ended[0]?.usage.output).toBeGreaterThan(10)
  })

  it('is cut when the pass is taken back, which serves nobody from that moment on', async () => {
    model.play({ default: { text: 'x'.repeat(400), chunkChars: 40, stall: { afterEvents: 8 } } })
    await admit() // keeps the port open
    const answer = await ask({ body: { ...PROMPT, stream: true } })
    const reader = answer.body?.getReader()
    await reader?.read()
    const revoked = pass.revoke()
    const late = ask()
    await expect(readToEnd(reader)).rejects.toThrow()
    await revoked
    expect((await late).status).toBe(401)
    expect(ended).toHaveLength(1)
  })

  it('of an agent that goes away is ended at the API', async () => {
    model.play({ default: { text: 'long', stall: { afterEvents: 3 } } })
    const gone = new AbortController()
    const answer = await ask({ body: { ...PROMPT, stream: true }, signal: gone.signal })
    const reader = answer.body?.getReader()
    await reader?.read()
    gone.abort()
    await expect.poll(() => model.requests[0]?.closedByClient).toBe(true)
    await expect.poll(() => ended.length).toBe(1)
  })

  it('that is broken off by the API breaks off for the agent too', async () => {
    model.play({ default: { text: 'cut', chunkChars: 1, cut: { afterEvents: 4, how: 'destroy' } } })
    const answer = await ask({ body: { ...PROMPT, stream: true } })
    await expect(answer.text()).rejects.toThrow()
    await pass.revoke()
    expect(ended).toMatchObject([{ isEstimate: true }])
  })

  it('to an API that is not there is told so, and may be tried again', async () => {
    await model.close()
    const answer = await ask()
    expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([502, 'true'])
    expect(await answer.text()).toContain('ECONNREFUSED')
    expect(ended).toMatchObject([{ status: null, usage: { input: 0, output: 0 } }])
    model = await startFakeModelServer()
  })

  it('without a key says what to do', async () => {
    keys = { anthropic: null, openai: null, gemini: null }
    const answers = [
      await ask(),
      await ask({ path: '/v1/responses', body: { model: 'gpt-5' } }),
      await ask({
        path: '/v1beta/models/gemini-2.5-pro:generateContent',
        body: { contents: [1], model: 'x' },
      }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    const said = await Promise.all(answers.map((answer) => answer.text()))
    expect(said[0]).toContain('ANTHROPIC_API_KEY')
    expect(said[1]).toContain('OPENAI_API_KEY')
    expect(said[2]).toContain('GEMINI_API_KEY')
  })

  it('longer than 32 MB, or that is no request, is refused', async () => {
    const [huge, none] = [
      await ask({ body: 'x'.repeat(33 * 1024 * 1024) }).catch(() => null),
      await ask({ body: [] }),
    ]
    expect(huge === null || huge.status === 413).toBe(true)
    expect(none.status).toBe(400)
    expect(wanted).toEqual([])
  })

  it.each([
    ['POST', '/v1/messages/batches'],
    ['POST', '/v1/files'],
    ['POST', '/v1/embeddings'],
    ['POST', '/v1beta/models/x:batchGenerateContent'],
    ['GET', '/v1/organizations/api_keys'],
    ['DELETE', '/v1/models/x'],
    ['POST', '/v1/messages/../files'],
  ])('%s %s is not passed on: nothing goes uncounted', async (method, path) => {
    expect((await ask({ method, path })).status).toBe(404)
    expect([model.requests.length, other.requests.length]).toEqual([0, 0])
  })
})

describe('other APIs', () => {
  const chat = { model: 'gpt-5', stream: true, messages: [] }

  it('a streamed chat completion is asked to tell its usage', async () => {
    const usage = { prompt_tokens: 50, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 20 } }
    other.answer = {
      events: [
        { model: 'gpt-5', choices: [] },
        { model: 'gpt-5', choices: [], usage },
      ],
    }
    await (await ask({ path: '/v1/chat/completions', body: chat })).text()
    await pass.revoke()
    expect(other.requests).toMatchObject([
      {
        path: '/v1/chat/completions',
        headers: { authorization: 'Bearer sk-openai-key' },
        body: { ...chat, stream_options: { include_usage: true } },
      },
    ])
    expect(ended).toMatchObject([{ model: 'gpt-5', usage: { input: 30, output: 5, cache_read: 20 } }])
  })

  it('a response of the Responses API', async () => {
    const usage = { input_tokens: 50, output_tokens: 5, input_tokens_details: { cached_tokens: 20 } }
    other.answer = {
      events: [{ type: 'response.completed', response: { object: 'response', model: 'gpt-5', usage } }],
    }
    await (await ask({ path: '/v1/responses', body: { ...chat, max_output_tokens: 77 } })).text()
    await pass.revoke()
    expect(wanted).toMatchObject([{ model: 'gpt-5', answerTokens: 77 }])
    expect(ended).toMatchObject([{ model: 'gpt-5', usage: { input: 30, output: 5, cache_read: 20 } }])
  })

  it('Gemini, whose pass comes as x-goog-api-key or in the query', async () => {
    const usageMetadata = { promptTokenCount: 50, candidatesTokenCount: 5, cachedContentTokenCount: 20 }
    other.answer = { events: [{ candidates: [{ finishReason: 'STOP' }], usageMetadata }] }
    const path = '/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse'
    const body = { contents: [], model: 'ignored' }
    await (await ask({ path, body, headers: { 'x-goog-api-key': pass.token } })).text()
    await (await ask({ path: `${path}&key=${pass.token}`, body, headers: {} })).text()
    await pass.revoke()
    for (const request of other.requests) {
      expect(request).toMatchObject({ query: 'alt=sse', headers: { 'x-goog-api-key': 'gemini-key' } })
      expect(JSON.stringify(request)).not.toContain(pass.token)
    }
    expect(ended).toHaveLength(2)
    expect(ended[0]).toMatchObject({
      model: 'gemini-2.5-pro',
      usage: { input: 30, output: 5, cache_read: 20 },
    })
  })

  it('lists of models cost nothing', async () => {
    other.answer = { json: { data: [] } }
    const [openai, gemini] = [
      await ask({ method: 'GET', path: '/v1/models' }),
      await ask({ method: 'GET', path: '/v1beta/models', headers: { 'x-goog-api-key': pass.token } }),
    ]
    expect([openai.status, gemini.status]).toEqual([200, 200])
    expect(other.requests.map(({ path }) => path)).toEqual(['/v1/models', '/v1beta/models'])
    expect(wanted).toEqual([])
  })
})

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  while (reader && !(await reader.read()).done);
}

describe('what would go uncounted', () => {
  it('trap: a query or a header by which Google would leave the usage out of its answer is not passed on', async () => {
    other.answer = { events: [] }
    const hiding = 'fields=candidates&%24fields=candidates&alt=sse&alt=proto&callback=x&pageSize=5'
    await (
      await ask({
        path: `/v1beta/models/gemini-2.5-pro:streamGenerateContent?${hiding}`,
        body: { contents: [] },
        headers: {
          'x-goog-api-key': pass.token,
          'x-goog-fieldmask': 'candidates',
          'x-http-method-override': 'DELETE',
        },
      })
    ).text()
    const [{ query, headers } = { query: '', headers: {} }] = other.requests
    expect(query).toBe('alt=sse&pageSize=5')
    expect(Object.keys(headers).filter((name) => /fieldmask|override/.test(name))).toEqual([])
  })

  it('trap: a response that is made in the background is refused', async () => {
    const answer = await ask({ path: '/v1/responses', body: { model: 'gpt-5', background: true } })
    expect(answer.status).toBe(400)
    expect([other.requests.length, wanted.length]).toEqual([0, 0])
  })

  it.each([
    ['an answer', 200],
    ['a refusal', 401],
  ])('trap: %s that comes compressed all the same is read, and tells no key', async (_what, status) => {
    const usage = { input_tokens: 7, output_tokens: 9 }
    const message = { type: 'message', model: PROMPT.model, usage, error: { message: `not ${KEY}` } }
    const api = http.createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      response.end(gzipSync(JSON.stringify({ ...message, ...(status === 200 && { error: null }) })))
    })
    api.listen(0, '127.0.0.1')
    await once(api, 'listening')
    const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
    const own = createGateway({
      upstreams: () => ({
        anthropic: { baseUrl: url, key: KEY },
        openai: { baseUrl: url, key: null },
        gemini: { baseUrl: url, key: null },
      }),
      log: { warn: () => {} },
    })
    await pass.revoke()
    pass = await admit(own)
    const answer = await ask()
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([status, null])
    expect(await answer.text()).not.toContain(KEY)
    await own[Symbol.asyncDispose]()
    api.close()
    await expect
      .poll(() => ended)
      .toMatchObject([{ status, usage: status === 200 ? { input: 7, output: 9 } : {} }])
  })
})

describe('a flood', () => {
  it('trap: of one guest is refused, to be tried again, and the others are served', async () => {
    model.play({ default: { text: 'long', stall: { afterEvents: 3 } } })
    const stop = new AbortController()
    const askAll = () =>
      Promise.all(
        Array.from({ length: 64 }, () => ask({ body: { ...PROMPT, stream: true }, signal: stop.signal })),
      )
    expect(await listenerWarnings(askAll)).toEqual([])
    const refused = await ask()
    expect([refused.status, refused.headers.get('x-should-retry')]).toEqual([429, 'true'])
    const mine = pass
    pass = await admit()
    model.play({ default: { text: 'ok' } })
    expect((await ask()).status).toBe(200)
    stop.abort()
    await mine.revoke()
  })

  it('trap: of long requests is not held in memory', async () => {
    const { port } = new URL(pass.baseUrl)
    const headers = { authorization: `Bearer ${pass.token}`, 'content-length': String(30 * 1024 * 1024) }
    const part = Buffer.alloc(29 * 1024 * 1024, 'x')
    const open = Array.from({ length: 4 }, () => {
      const request = http.request({ port, method: 'POST', path: '/v1/messages', headers })
      const answered = new Promise<number | undefined>((resolve) => {
        request
          .once('response', ({ statusCode }) => resolve(statusCode))
          .once('error', () => resolve(undefined))
      })
      request.write(part) // and never the rest
      return { request, answered }
    })
    expect(await Promise.race(open.map(({ answered }) => answered))).toBe(429)
    for (const { request } of open) request.destroy()
  })
})
