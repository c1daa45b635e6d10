import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** What was asked of the server. */
export interface ApiRequest {
  path: string
  query: string
  headers: http.IncomingHttpHeaders
  body: unknown
}

/** A stand-in for APIs that our model server does not play: one answer for all that comes. */
export interface ApiServer {
  url: string
  requests: ApiRequest[]
  /** Server-sent events, or a body. */
  answer: { events: unknown[] } | { json: unknown }
  close(): Promise<void>
}

export async function startApiServer(): Promise<ApiServer> {
  const api: ApiServer = { url: '', requests: [], answer: { json: {} }, close }
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const { pathname, search } = new URL(request.url ?? '/', 'http://api')
    const body: unknown = text ? JSON.parse(text) : null
    api.requests.push({ path: pathname, query: search.slice(1), headers: request.headers, body })
    if ('json' in api.answer) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(api.answer.json))
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const event of api.answer.events) response.write(`data: ${JSON.stringify(event)}\n\n`)
    response.end()
  })
  async function close(): Promise<void> {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return api
}
