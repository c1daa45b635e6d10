import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { errorAnswer, messageOf } from './message.ts'
import { keyOf, type ReceivedRequest, readRequest, recordOf } from './received-request.ts'
import { type MessagesRequest, pickReply, type Reply, Scenario } from './scenario.ts'
import { streamMessage } from './stream.ts'
import { problemOf } from './validate.ts'

export interface FakeModelServer {
  url: string
  requests: ReceivedRequest[]
  /** Plays another scenario from now on, and forgets the requests. */
  play(scenario: Scenario): void
  /** Resolves when this many requests have come in, at once if they have. */
  received(count: number): Promise<void>
  close(): Promise<void>
}

interface State {
  scenario: Scenario
  /** How often each rule has answered. */
  uses: number[]
  requests: ReceivedRequest[]
  /** Told of each request that comes in. */
  waiting: Set<() => void>
}

/** A scripted stand-in for the Messages API on a free local port. */
export async function startFakeModelServer(
  options: { scenario?: Scenario; port?: number } = {},
): Promise<FakeModelServer> {
  const state: State = {
    scenario: Scenario.parse(options.scenario ?? {}),
    uses: [],
    requests: [],
    waiting: new Set(),
  }
  const server = http.createServer((request, response) => {
    answer(state, request, response).catch((error) => {
      if (response.headersSent) response.destroy()
      else send(response, errorAnswer('api_error', `fake server: ${error.stack}`, 'req'))
    })
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The fake server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests: state.requests,
    play(scenario) {
      state.scenario = Scenario.parse(scenario)
      state.uses = []
      state.requests.length = 0
    },
    received: (count) => received(state, count),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function received({ requests, waiting }: State, count: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (requests.length < count) return
      waiting.delete(look)
      resolve()
    }
    waiting.add(look)
    look()
  })
}

async function answer(
  state: State,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const requestId = `req_fake_${state.requests.length + 1}`
  const body = await readRequest(request)
  const record = recordOf(request, body)
  state.requests.push(record)
  for (const look of [...state.waiting]) look()
  response.once('close', () => {
    record.closedByClient = !response.writableFinished
  })
  response.setHeader('request-id', requestId)
  const fail = (type: string, message: string, status?: number) =>
    send(response, errorAnswer(type, message, requestId, status))

  if (!isKeyKnown(state, request)) return fail('authentication_error', 'invalid x-api-key')
  const { models } = state.scenario
  if (record.path === '/v1/models' && models) {
    const data = models.map((id) => ({
      type: 'model',
      id,
      display_name: id,
      created_at: '2026-11-01T00:00:00Z',
    }))
    return send(response, {
      status: 200,
      body: { data, has_more: false, first_id: models[0], last_id: models.at(-1) },
    })
  }
  if (body && models && !models.includes(body.model)) return fail('not_found_error', `model: ${body.model}`)
  if (record.path !== '/v1/messages') return fail('not_found_error', `no route for ${record.path}`)
  if (!body) return fail('invalid_request_error', 'the body is not a request')
  record.rejected = state.scenario.strict === false ? null : problemOf(body)
  if (record.rejected) return fail('invalid_request_error', record.rejected)
  const { rules = [], default: fallback } = state.scenario
  const reply = pickReply(rules, state.uses, body) ?? fallback ?? { text: 'ok' }
  await give(response, reply, body, requestId)
}

async function give(
  response: http.ServerResponse,
  reply: Reply,
  body: MessagesRequest,
  requestId: string,
): Promise<void> {
  response.setHeaders(new Map(Object.entries(reply.headers ?? {})))
  if (reply.delayMs) await wait(reply.delayMs)
  if (reply.hang) return
  if (reply.error) {
    const { type, message = type, status } = reply.error
    return send(response, errorAnswer(type, message, requestId, status))
  }
  const message = messageOf(reply, body, requestId)
  if (body.stream) await streamMessage(response, message, reply)
  else send(response, { status: 200, body: message })
}

function isKeyKnown({ scenario }: State, request: http.IncomingMessage): boolean {
  return scenario.apiKeys?.includes(keyOf(request) ?? '') ?? true
}

function send(response: http.ServerResponse, { status, body }: { status: number; body: unknown }): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
