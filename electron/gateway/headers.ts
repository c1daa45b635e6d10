import type { IncomingHttpHeaders } from 'node:http'
import type { ModelApi } from './upstreams.ts'

type Headers = Record<string, string | string[]>

/** They belong to one connection, and are not passed on (RFC 9110, 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]
/** Set anew, or nobody's business: the agent's pass, its cookies, where we are. */
const OWN = [
  'host',
  'content-length',
  'expect',
  'authorization',
  'x-api-key',
  'x-goog-api-key',
  'cookie',
  'accept-encoding',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  // Google's APIs would leave the usage out of the answer, or take the request for another one.
  'x-goog-fieldmask',
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
]

/** The pass of a request: as a bearer token, or where the APIs have their keys. */
export function tokenOf(headers: IncomingHttpHeaders, query: URLSearchParams): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const named = [headers['x-api-key'], headers['x-goog-api-key']].find((one) => typeof one === 'string')
  return bearer ?? (typeof named === 'string' ? named : null) ?? query.get('key')
}

/** What the API is sent: all that the agent says of its request, with the real key in place of the pass. */
export function upstreamHeaders(
  headers: IncomingHttpHeaders,
  { api, key, length }: { api: ModelApi; key: string; length: number },
): Headers {
  return {
    ...without(headers, [...HOP_BY_HOP, ...OWN]),
    ...keyHeader(headers, api, key),
    // Compressed, its usage could not be read as it passes.
    'accept-encoding': 'identity',
    ...(length > 0 ? { 'content-length': String(length) } : {}),
  }
}

/** What the agent is answered. */
export function answerHeaders(headers: IncomingHttpHeaders): Headers {
  return without(headers, [...HOP_BY_HOP, 'set-cookie', 'alt-svc'])
}

/** In the way in which the agent has sent its pass: older clients of Anthropic's API send `x-api-key`, newer ones a token. */
function keyHeader(headers: IncomingHttpHeaders, api: ModelApi, key: string): Headers {
  if (api === 'gemini') return { 'x-goog-api-key': key }
  const isOlder = api === 'anthropic' && headers.authorization === undefined
  return isOlder ? { 'x-api-key': key } : { authorization: `Bearer ${key}` }
}

/** A header that `connection` names belongs to the connection as well. */
function without(headers: IncomingHttpHeaders, names: readonly string[]): Headers {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(/\s*,\s*/)
  const dropped = new Set([...names, ...named])
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || dropped.has(name) ? [] : [[name, value]],
    ),
  )
}
