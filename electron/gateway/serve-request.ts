import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BudgetError } from '#shared/errors.ts'
import { AnswerReader } from './answer-reader.ts'
import { refuse } from './api-error.ts'
import { forward, type Passed } from './forward.ts'
import type { Admitted, GatewayOptions } from './gateway.ts'
import { tokenOf } from './headers.ts'
import type { CallSoFar, OpenCall, WantedCall } from './model-call.ts'
import { readBody } from './read-body.ts'
import { type Fields, readFields } from './request-fields.ts'
import { type Route, routeOf } from './routes.ts'
import { type ModelApi, NO_KEY, type Upstream } from './upstreams.ts'

export interface ServeOptions extends GatewayOptions {
  findGuest(token: string): Admitted | null
}

/** Text and code have more letters than this for a token: a bound from above. */
const FEWEST_LETTERS_A_TOKEN = 3
const LONGEST_PROMPT_TOKENS = 1_000_000
/** Of one guest at once. No agent asks its model so much in parallel; a flood would. */
const MOST_REQUESTS = 64

/** One request of an agent: who it is, what it wants, whether it is paid for; then it goes to the real API. */
export async function serveRequest(
  options: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://gateway')
  const route = routeOf(request.method ?? '', url.pathname, request.headers)
  const api = route?.api ?? 'anthropic'
  if (!isLocal(request)) return refuse(response, api, 'forbidden', 'Only agents on this machine are served.')
  const token = tokenOf(request.headers, url.searchParams)
  const guest = token === null ? null : options.findGuest(token)
  if (!guest) return refuse(response, api, 'auth', 'This token is not known, or its step has ended.')
  if (!route)
    return refuse(response, api, 'not_found', `Agent Rangers passes no ${request.method} ${url.pathname} on.`)
  if (guest.requests.size >= MOST_REQUESTS) return refuse(response, api, 'busy', TOO_MUCH)
  const served = serveGuest(options, guest, { request, response, route, url })
  guest.requests.add(served)
  await served.finally(() => guest.requests.delete(served))
}

const TOO_MUCH = 'Too much is asked at once. Wait for earlier answers, then try again.'

interface Asked {
  request: IncomingMessage
  response: ServerResponse
  route: Route
  url: URL
}

async function serveGuest(options: ServeOptions, guest: Admitted, asked: Asked): Promise<void> {
  const { response } = asked
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  // Of this request alone: many of one guest are served at a time, and its own signal bears ten listeners.
  const signal = AbortSignal.any([guest.signal, gone.signal])
  const cut = () => guest.signal.aborted && response.destroy()
  signal.addEventListener('abort', cut)
  try {
    await passOn(options, guest, asked, signal)
  } catch (error) {
    if (!signal.aborted) throw error // else nobody is there to be told
  } finally {
    signal.removeEventListener('abort', cut)
  }
}

async function passOn(
  options: ServeOptions,
  guest: Admitted,
  { request, response, route, url }: Asked,
  signal: AbortSignal,
): Promise<void> {
  const { api } = route
  const upstream = options.upstreams()[api]
  if (upstream.key === null) return refuse(response, api, 'auth', NO_KEY[api])
  const body = await readBody(request, guest)
  if (body === 'too_large') return refuse(response, api, 'too_large', 'The request is longer than 32 MB.')
  if (body === 'busy') return refuse(response, api, 'busy', TOO_MUCH)
  const sent = {
    api,
    method: request.method ?? 'GET',
    url: targetOf(upstream, route, url),
    key: upstream.key,
    heard: upstream.heard,
    headers: request.headers,
    body,
  }
  try {
    if (route.call) await serveCall(guest, { ...sent, call: route.call }, response, signal)
    else await forward(sent, response, signal)
  } finally {
    guest.held -= body.length
  }
}

type Sent = Parameters<typeof forward>[0]
type Wanted = Omit<Sent, 'reader'> & { call: NonNullable<Route['call']> }

/** A call that is paid for: asked for before, written down after, whatever became of it. */
async function serveCall(
  guest: Admitted,
  { call, ...sent }: Wanted,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { api, body } = sent
  const fields = readFields(body)
  const model = call.model ?? fields?.get('model')
  if (!fields || typeof model !== 'string' || model === '') {
    return refuse(response, api, 'invalid_request', 'The body is no request with a model.')
  }
  if (fields.get('background') === true) {
    return refuse(
      response,
      api,
      'invalid_request',
      'Nothing is done in the background: it would go uncounted.',
    )
  }
  const promptTokens = Math.min(Math.ceil(body.length / FEWEST_LETTERS_A_TOKEN), LONGEST_PROMPT_TOKENS)
  const open = await begin(
    guest,
    { model, promptTokens, ...answerBound(fields), ...tierAsked(fields) },
    signal,
    (error) => {
      if (error instanceof BudgetError) refuse(response, api, 'budget', error.message)
      else if (signal.aborted) response.destroy()
      else throw error
    },
  )
  if (!open) return
  const started = performance.now()
  const isStreamedChat = call.dialect === 'chat' && fields.get('stream') === true
  const reader = (contentType: string) => {
    const answer = new AnswerReader(call.dialect, contentType)
    open.watch(() => soFar(answer, model, promptTokens))
    return answer
  }
  const passed = await forward(
    { ...sent, body: isStreamedChat ? askingForUsage(body) : body, reader },
    response,
    signal,
  )
  await open.end({ ...usedBy(passed, model, promptTokens, signal), durationMs: performance.now() - started })
}

async function begin(
  guest: Admitted,
  wanted: Parameters<Admitted['begin']>[0],
  signal: AbortSignal,
  onRefusal: (error: unknown) => void,
): Promise<OpenCall | null> {
  try {
    return await guest.begin(wanted, signal)
  } catch (error) {
    onRefusal(error)
    return null
  }
}

/** Null until the answer has begun: one that is refused costs nothing. */
function soFar(answer: AnswerReader, asked: string, promptTokens: number): CallSoFar | null {
  if (!answer.hasBegun) return null
  const { model, usage } = answer.soFar({ promptTokens })
  return { model: model ?? asked, usage }
}

/** A call that was sent and cut off before its answer began has been paid for, as far as anybody knows; a refused one not. */
function usedBy({ status, reader }: Passed, model: string, promptTokens: number, signal: AbortSignal) {
  const none = { input: 0, output: 0, cache_read: 0, cache_write: 0 }
  if (reader) {
    const { model: answered, ...rest } = reader.end({ promptTokens })
    return { model: answered ?? model, status, ...rest }
  }
  if (status === null && signal.aborted) {
    return { model, status, usage: { ...none, input: promptTokens }, isEstimate: true }
  }
  return { model, status, usage: none }
}

/** How long the answer may become at most, where the request says so. */
function answerBound(fields: Fields): { answerTokens?: number } {
  const names = ['max_tokens', 'max_output_tokens', 'max_completion_tokens']
  const answerTokens = names.map((name) => fields.get(name)).find((value) => typeof value === 'number')
  return typeof answerTokens === 'number' && answerTokens > 0 ? { answerTokens } : {}
}

/** The dearer tier that it asks for: what is on its way may cost so much more. */
function tierAsked(fields: Fields): Pick<WantedCall, 'tier'> {
  if (fields.get('speed') === 'fast') return { tier: 'fast' }
  return fields.get('service_tier') === 'priority' ? { tier: 'priority' } : {}
}

/** Without being asked, a streamed chat completion does not tell its usage. Of a name that comes twice the last counts. */
function askingForUsage(body: Buffer): Buffer {
  const end = body.lastIndexOf('}')
  return Buffer.concat([body.subarray(0, end), Buffer.from(',"stream_options":{"include_usage":true}}')])
}

function targetOf({ baseUrl }: Upstream, { api, path }: Route, { searchParams }: URL): URL {
  const url = new URL(baseUrl.replace(/\/+$/, '') + path)
  for (const [name, value] of searchParams)
    if (name !== 'key' && isPlainQuery(api, name, value)) url.searchParams.append(name, value)
  return url
}

/** Google's APIs let a query choose the form of the answer, and even what is in it: its usage must be, and readable. */
function isPlainQuery(api: ModelApi, name: string, value: string): boolean {
  if (api !== 'gemini') return true
  return name === 'alt' ? value === 'sse' || value === 'json' : /^page(?:Size|Token)$/.test(name)
}

/** Not for pages in a browser, whatever name for this machine they have found; agents send no `Origin`. */
function isLocal({ headers, socket }: IncomingMessage): boolean {
  const { port } = socket.address() as AddressInfo
  const isNamed = [`127.0.0.1:${port}`, `localhost:${port}`].includes(headers.host ?? '')
  return isNamed && headers.origin === undefined && headers['sec-fetch-site'] === undefined
}
