import http from 'node:http'
import https from 'node:https'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { AnswerReader } from './answer-reader.ts'
import { refuse } from './api-error.ts'
import { decoded } from './decoded.ts'
import { answerHeaders, upstreamHeaders } from './headers.ts'
import type { ModelApi, Upstream } from './upstreams.ts'

export interface Forwarded {
  api: ModelApi
  method: string
  url: URL
  key: string
  heard?: Upstream['heard'] | undefined
  headers: http.IncomingHttpHeaders
  body: Buffer
  /** Made for an answer that is no error; sees all that passes. */
  reader?: (contentType: string) => AnswerReader
}

/** The API's answer; status null: it did not answer. */
export interface Passed {
  status: number | null
  reader: AnswerReader | null
}

/** No byte from the API for so long ends the request, milliseconds. */
const LONGEST_SILENCE_MS = 10 * 60_000
/** An error says what is wrong at its beginning, bytes. */
const LONGEST_ERROR = 256 * 1024

/**
 * Passes a request on to the real API, and its answer back as it comes. Never rejects: what goes wrong on the way is the
 * agent's to see, as an error of the API or a connection that breaks. The signal cuts both ways at once.
 */
export async function forward(
  request: Forwarded,
  response: http.ServerResponse,
  signal: AbortSignal,
): Promise<Passed> {
  let passed: Passed = { status: null, reader: null }
  try {
    const answer = await send(request, signal)
    const status = answer.statusCode ?? 502
    request.heard?.(status)
    passed = { status, reader: status < 400 ? (request.reader?.(contentTypeOf(answer)) ?? null) : null }
    if (status >= 400) await passError(answer, request.key, response)
    else await passOn(answer, passed.reader, response, signal)
  } catch (error) {
    if (passed.status === null && !signal.aborted)
      refuse(response, request.api, 'unreachable', unreachable(error))
    else response.destroy()
  }
  return passed
}

function send(request: Forwarded, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { url, method, body } = request
  const headers = upstreamHeaders(request.headers, { ...request, length: body.length })
  const client = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const sent = client.request(url, { method, headers, signal }, resolve)
    sent.setTimeout(LONGEST_SILENCE_MS, () => sent.destroy(new Error('it said nothing for ten minutes')))
    sent.on('error', reject)
    sent.end(body)
  })
}

async function passOn(
  answer: http.IncomingMessage,
  reader: AnswerReader | null,
  response: http.ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { headers, body } = decoded(answer)
  response.writeHead(answer.statusCode ?? 200, answerHeaders(headers))
  response.flushHeaders()
  await pipeline(
    body,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        reader?.push(chunk)
        yield chunk
      }
    },
    response,
    { signal },
  )
}

/** Errors are short, and may repeat the key: the agent must not learn it. */
async function passError(
  answer: http.IncomingMessage,
  key: string,
  response: http.ServerResponse,
): Promise<void> {
  const { headers: told, body } = decoded(answer)
  const text = (await beginningOf(body)).replaceAll(key, '[redacted]')
  const { 'content-length': _length, 'content-encoding': _encoding, ...headers } = answerHeaders(told)
  response.writeHead(answer.statusCode ?? 502, headers)
  response.end(text)
}

async function beginningOf(body: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    if (length < LONGEST_ERROR) chunks.push(chunk)
    length += chunk.length
  }
  return Buffer.concat(chunks).toString('utf8')
}

function contentTypeOf(answer: http.IncomingMessage): string {
  return answer.headers['content-type'] ?? ''
}

function unreachable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return `The model’s API could not be reached (${code ?? message}). Check the network and try again.`
}
