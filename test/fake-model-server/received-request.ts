import type http from 'node:http'
import { MessagesRequest } from './scenario.ts'

/** A request as the server has received it. */
export interface ReceivedRequest {
  path: string
  /** The key is not kept: whether there was one, and its length. */
  credential: string | null
  headers: Record<string, string>
  body: MessagesRequest | null
  /** Why the API would have refused it. */
  rejected: string | null
  closedByClient: boolean
}

export function recordOf(request: http.IncomingMessage, body: MessagesRequest | null): ReceivedRequest {
  const { authorization: _bearer, 'x-api-key': _key, ...rest } = request.headers
  const key = keyOf(request)
  return {
    path: new URL(request.url ?? '/', 'http://fake').pathname,
    credential: key === null ? null : `${key.length} characters`,
    headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
    body,
    rejected: null,
    closedByClient: false,
  }
}

/** SDK 1.x sends the key as a bearer token, older clients as x-api-key. */
export function keyOf(request: http.IncomingMessage): string | null {
  const { authorization, 'x-api-key': key } = request.headers
  return (typeof key === 'string' ? key : authorization?.replace(/^Bearer /i, '')) ?? null
}

/** The body, or null when it is no request to the Messages API. */
export async function readRequest(request: http.IncomingMessage): Promise<MessagesRequest | null> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    const parsed = MessagesRequest.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
