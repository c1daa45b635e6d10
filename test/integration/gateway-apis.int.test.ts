import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGateway } from '#electron/gateway/gateway.ts'
import { GATEWAY_KEY, type GatewayFixture, openGatewayFixture, PROMPT } from '../helpers/gateway-fixture.ts'
import { listenerWarnings } from '../helpers/listener-warnings.ts'

let at: GatewayFixture

beforeEach(async () => {
  at = await openGatewayFixture((warning) => expect.unreachable(warning))
})
afterEach(() => at[Symbol.asyncDispose]())

describe('other APIs', () => {
  const chat = { model: 'gpt-5', stream: true, messages: [] }

  it('a streamed chat completion is asked to tell its usage', async () => {
    const usage = { prompt_tokens: 50, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 20 } }
    at.other.answer = {
      events: [
        { model: 'gpt-5', choices: [] },
        { model: 'gpt-5', choices: [], usage },
      ],
    }
    await (await at.ask({ path: '/v1/chat/completions', body: chat })).text()
    await at.pass.revoke()
    expect(at.other.requests).toMatchObject([
      {
        path: '/v1/chat/completions',
        headers: { authorization: 'Bearer sk-openai-key' },
        body: { ...chat, stream_options: { include_usage: true } },
      },
    ])
    expect(at.ended).toMatchObject([{ model: 'gpt-5', usage: { input: 30, output: 5, cache_read: 20 } }])
  })

  it('a response of the Responses API', async () => {
    const usage = { input_tokens: 50, output_tokens: 5, input_tokens_details: { cached_tokens: 20 } }
    at.other.answer = {
      events: [{ type: 'response.completed', response: { object: 'response', model: 'gpt-5', usage } }],
    }
    await (
      await at.ask({
        path: '/v1/responses',
        body: { ...chat, max_output_tokens: 77, service_tier: 'priority' },
      })
    ).text()
    await at.pass.revoke()
    expect(at.wanted).toMatchObject([{ model: 'gpt-5', answerTokens: 77, tier: 'priority' }])
    expect(at.ended).toMatchObject([{ model: 'gpt-5', usage: { input: 30, output: 5, cache_read: 20 } }])
  })

  it('Gemini, whose pass comes as x-goog-api-key or in the query', async () => {
    const usageMetadata = { promptTokenCount: 50, candidatesTokenCount: 5, cachedContentTokenCount: 20 }
    at.other.answer = { events: [{ candidates: [{ finishReason: 'STOP' }], usageMetadata }] }
    const path = '/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse'
    const body = { contents: [], model: 'ignored' }
    await (await at.ask({ path, body, headers: { 'x-goog-api-key': at.pass.token } })).text()
    await (await at.ask({ path: `${path}&key=${at.pass.token}`, body, headers: {} })).text()
    await at.pass.revoke()
    for (const request of at.other.requests) {
      expect(request).toMatchObject({ query: 'alt=sse', headers: { 'x-goog-api-key': 'gemini-key' } })
      expect(JSON.stringify(request)).not.toContain(at.pass.token)
    }
    expect(at.ended).toHaveLength(2)
    expect(at.ended[0]).toMatchObject({
      model: 'gemini-2.5-pro',
      usage: { input: 30, output: 5, cache_read: 20 },
    })
  })

  it('lists of models cost nothing', async () => {
    at.other.answer = { json: { data: [] } }
    const [openai, gemini] = [
      await at.ask({ method: 'GET', path: '/v1/models' }),
      await at.ask({ method: 'GET', path: '/v1beta/models', headers: { 'x-goog-api-key': at.pass.token } }),
    ]
    expect([openai.status, gemini.status]).toEqual([200, 200])
    expect(at.other.requests.map(({ path }) => path)).toEqual(['/v1/models', '/v1beta/models'])
    expect(at.wanted).toEqual([])
  })
})

describe('what would go uncounted', () => {
  it('trap: a query or a header by which Google would leave the usage out of its answer is not passed on', async () => {
    at.other.answer = { events: [] }
    const hiding = 'fields=candidates&%24fields=candidates&alt=sse&alt=proto&callback=x&pageSize=5'
    await (
      await at.ask({
        path: `/v1beta/models/gemini-2.5-pro:streamGenerateContent?${hiding}`,
        body: { contents: [] },
        headers: {
          'x-goog-api-key': at.pass.token,
          'x-goog-fieldmask': 'candidates',
          'x-http-method-override': 'DELETE',
        },
      })
    ).text()
    const [{ query, headers } = { query: '', headers: {} }] = at.other.requests
    expect(query).toBe('alt=sse&pageSize=5')
    expect(Object.keys(headers).filter((name) => /fieldmask|override/.test(name))).toEqual([])
  })

  it('trap: a response that is made in the background is refused', async () => {
    const answer = await at.ask({ path: '/v1/responses', body: { model: 'gpt-5', background: true } })
    expect(answer.status).toBe(400)
    expect([at.other.requests.length, at.wanted.length]).toEqual([0, 0])
  })

  it.each([
    ['an answer', 200],
    ['a refusal', 401],
  ])('trap: %s that comes compressed all the same is read, and tells no key', async (_what, status) => {
    const usage = { input_tokens: 7, output_tokens: 9 }
    const message = { type: 'message', model: PROMPT.model, usage, error: { message: `not ${GATEWAY_KEY}` } }
    const api = http.createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      response.end(gzipSync(JSON.stringify({ ...message, ...(status === 200 && { error: null }) })))
    })
    api.listen(0, '127.0.0.1')
    await once(api, 'listening')
    const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
    const own = createGateway({
      upstreams: () => ({
        anthropic: { baseUrl: url, key: GATEWAY_KEY },
        openai: { baseUrl: url, key: null },
        gemini: { baseUrl: url, key: null },
      }),
      log: { warn: () => {} },
    })
    await at.pass.revoke()
    at.pass = await at.admit(own)
    const answer = await at.ask()
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([status, null])
    expect(await answer.text()).not.toContain(GATEWAY_KEY)
    await own[Symbol.asyncDispose]()
    api.close()
    await expect
      .poll(() => at.ended)
      .toMatchObject([{ status, usage: status === 200 ? { input: 7, output: 9 } : {} }])
  })
})

describe('a flood', () => {
  it('trap: of one guest is refused, to be tried again, and the others are served', async () => {
    at.model.play({ default: { text: 'long', stall: { afterEvents: 3 } } })
    const stop = new AbortController()
    const askAll = () =>
      Promise.all(
        Array.from({ length: 64 }, () => at.ask({ body: { ...PROMPT, stream: true }, signal: stop.signal })),
      )
    expect(await listenerWarnings(askAll)).toEqual([])
    const refused = await at.ask()
    expect([refused.status, refused.headers.get('x-should-retry')]).toEqual([429, 'true'])
    const mine = at.pass
    at.pass = await at.admit()
    at.model.play({ default: { text: 'ok' } })
    expect((await at.ask()).status).toBe(200)
    stop.abort()
    await mine.revoke()
  })

  it('trap: of long requests is not held in memory', async () => {
    const { port } = new URL(at.pass.baseUrl)
    const headers = { authorization: `Bearer ${at.pass.token}`, 'content-length': String(30 * 1024 * 1024) }
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
