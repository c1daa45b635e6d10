import type { IncomingMessage } from 'node:http'

/** The APIs themselves take no more. */
const LONGEST_BODY = 32 * 1024 * 1024

/** The body of a request as a whole; null: longer than 32 MB. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) return null
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LONGEST_BODY) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
