import { once } from 'node:events'
import http from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startFakeModelServer } from '../fake-model-server/server.ts'
import { GATEWAY_KEY, type GatewayFixture, openGatewayFixture, PROMPT } from '../helpers/gateway-fixture.ts'

let at: GatewayFixture

beforeEach(async () => {
  at = await openGatewayFixture((warning) => expect.unreachable(warning))
})
afterEach(() => at[Symbol.asyncDispose]())

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
    const answer = await at.ask({ headers: headers(at.pass.token) })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ content: [{ text: 'ok' }] })
    expect(at.model.requests[0]).toMatchObject({ credential: `${GATEWAY_KEY.length} characters` })
    expect(JSON.stringify(at.model.requests)).not.toContain(at.pass.token)
  })

  it('that is wrong, missing or over is refused as the API itself would, and nothing is passed on', async () => {
    const refusals = [
      await at.ask({ headers: {} }),
      await at.ask({ headers: { authorization: 'Bearer rangers-guessed' } }),
      await at.ask({ headers: { 'x-api-key': GATEWAY_KEY } }),
    ]
    for (const answer of refusals) {
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ type: 'error', error: { type: 'authentication_error' } })
    }
    const second = await at.admit()
    await at.pass.revoke()
    expect((await at.ask()).status).toBe(401)
    await second.revoke()
    expect(at.model.requests).toEqual([])
  })

  it('never stands for the key: what the API answers to that is heard of', async () => {
    await (await at.ask()).text()
    at.model.play({ apiKeys: ['another'] })
    await (await at.ask()).text()
    expect(at.heard).toEqual([200, 401])
  })

  it('is 256 random bits, another for each guest', async () => {
    const second = await at.admit()
    expect(second.token).not.toBe(at.pass.token)
    expect(Buffer.from(second.token.replace('rangers-', ''), 'base64url')).toHaveLength(32)
  })
})

describe('the port', () => {
  it('is open on loopback while somebody has a pass, and closed when the last is gone', async () => {
    expect(new URL(at.pass.baseUrl).hostname).toBe('127.0.0.1')
    const second = await at.admit()
    expect(second.baseUrl).toBe(at.pass.baseUrl)
    await second.revoke()
    expect(await isRefusedAt(at.pass.baseUrl)).toBe(false)
    await at.pass.revoke()
    expect(await isRefusedAt(at.pass.baseUrl)).toBe(true)
    at.pass = await at.admit()
    expect((await at.ask()).status).toBe(200)
  })

  it('serves no pages of a browser, and nobody who has it under another name', async () => {
    const token = { authorization: `Bearer ${at.pass.token}` }
    const refused = [
      await at.ask({ headers: { ...token, origin: 'https://example.com' } }),
      await at.ask({ headers: { ...token, 'sec-fetch-site': 'cross-site' } }),
      await at.ask({ headers: token, method: 'OPTIONS' }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 404])
    expect(refused.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([
      null,
      null,
      null,
    ])
    const { port } = new URL(at.pass.baseUrl)
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
    expect(at.model.requests).toEqual([])
  })
})

describe('a call', () => {
  it('is streamed through piece by piece, and what it used is read as it passes', async () => {
    at.model.play({
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
    const answer = await at.ask({ body: { ...PROMPT, stream: true, speed: 'fast' } })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const text = await answer.text()
    expect(text).toContain('event: message_stop')
    expect(text).toContain('世')
    await at.pass.revoke()
    expect(at.wanted).toMatchObject([{ model: PROMPT.model, answerTokens: 500, tier: 'fast' }])
    expect(at.ended).toMatchObject([
      {
        model: PROMPT.model,
        status: 200,
        isEstimate: false,
        usage: { input: 7, output: 9, cache_read: 11, cache_write: 13 },
      },
    ])
  })

  it('keeps what the agent says of its request, and loses what belongs to the connection', async () => {
    await at.ask({
      path: '/v1/messages?beta=true',
      headers: {
        'x-api-key': at.pass.token,
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'some-beta',
        'accept-encoding': 'gzip, br',
        cookie: 'a=b',
        te: 'trailers',
      },
    })
    const { headers } = at.model.requests[0] ?? { headers: {} }
    expect(headers).toMatchObject({
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'some-beta',
      'accept-encoding': 'identity',
      host: new URL(at.model.url).host,
    })
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['cookie']))
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['te']))
  })

  it('that the API refuses is passed back with its words but without the key, and has cost nothing', async () => {
    at.model.play({
      default: {
        error: { type: 'rate_limit_error', message: `slow down, ${GATEWAY_KEY}` },
        headers: { 'retry-after': '7' },
      },
    })
    const answer = await at.ask()
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7'])
    const text = await answer.text()
    expect(text).toContain('slow down, [redacted]')
    await at.pass.revoke()
    expect(at.ended).toMatchObject([{ status: 429, usage: { input: 0, output: 0 } }])
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
      at.refuses = true
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const answer = await at.ask({ path, body })
        expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([402, 'false'])
        expect(await answer.json()).toMatchObject(said)
      }
      expect([at.model.requests.length, at.other.requests.length, at.ended.length]).toEqual([0, 0, 0])
    },
  )

  it('is cut at once on both sides when the step ends, and what came is counted as an estimate', async () => {
    at.model.play({ default: { text: 'x'.repeat(400), chunkChars: 40, stall: { afterEvents: 8 } } })
    const answer = await at.ask({ body: { ...PROMPT, stream: true } })
    const reader = answer.body?.getReader()
    await reader?.read()
    const before = performance.now()
    at.guest.abort()
    await expect(readToEnd(reader)).rejects.toThrow()
    await at.pass.revoke()
    expect(performance.now() - before).toBeLessThan(1000)
    await at.model.received(1)
    await expect.poll(() => at.model.requests[0]?.closedByClient).toBe(true)
    expect(at.ended).toMatchObject([{ isEstimate: true, usage: { input: 100, output: expect.any(Number) } }])
    expect(at.ended[0]?.usage.output).toBeGreaterThan(10)
  })

  it('is cut when the pass is taken back, which serves nobody from that moment on', async () => {
    at.model.play({ default: { text: 'x'.repeat(400), chunkChars: 40, stall: { afterEvents: 8 } } })
    await at.admit() // keeps the port open
    const answer = await at.ask({ body: { ...PROMPT, stream: true } })
    const reader = answer.body?.getReader()
    await reader?.read()
    const revoked = at.pass.revoke()
    const late = at.ask()
    await expect(readToEnd(reader)).rejects.toThrow()
    await revoked
    expect((await late).status).toBe(401)
    expect(at.ended).toHaveLength(1)
  })

  it('of an agent that goes away is ended at the API', async () => {
    at.model.play({ default: { text: 'long', stall: { afterEvents: 3 } } })
    const gone = new AbortController()
    const answer = await at.ask({ body: { ...PROMPT, stream: true }, signal: gone.signal })
    const reader = answer.body?.getReader()
    await reader?.read()
    gone.abort()
    await expect.poll(() => at.model.requests[0]?.closedByClient).toBe(true)
    await expect.poll(() => at.ended.length).toBe(1)
  })

  it('that is broken off by the API breaks off for the agent too', async () => {
    at.model.play({ default: { text: 'cut', chunkChars: 1, cut: { afterEvents: 4, how: 'destroy' } } })
    const answer = await at.ask({ body: { ...PROMPT, stream: true } })
    await expect(answer.text()).rejects.toThrow()
    await at.pass.revoke()
    expect(at.ended).toMatchObject([{ isEstimate: true }])
  })

  it('to an API that is not there is told so, and may be tried again', async () => {
    await at.model.close()
    const answer = await at.ask()
    expect([answer.status, answer.headers.get('x-should-retry')]).toEqual([502, 'true'])
    expect(await answer.text()).toContain('ECONNREFUSED')
    expect(at.ended).toMatchObject([{ status: null, usage: { input: 0, output: 0 } }])
    at.model = await startFakeModelServer()
  })

  it('without a key says what to do', async () => {
    at.keys = { anthropic: null, openai: null, gemini: null }
    const answers = [
      await at.ask(),
      await at.ask({ path: '/v1/responses', body: { model: 'gpt-5' } }),
      await at.ask({
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
      await at.ask({ body: 'x'.repeat(33 * 1024 * 1024) }).catch(() => null),
      await at.ask({ body: [] }),
    ]
    expect(huge === null || huge.status === 413).toBe(true)
    expect(none.status).toBe(400)
    expect(at.wanted).toEqual([])
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
    expect((await at.ask({ method, path })).status).toBe(404)
    expect([at.model.requests.length, at.other.requests.length]).toEqual([0, 0])
  })
})

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  while (reader && !(await reader.read()).done);
}
