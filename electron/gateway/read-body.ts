import type { IncomingMessage } from 'node:http'

/** The APIs themselves take no more. */
const LONGEST_BODY = 32 * 1024 * 1024
/** Of all requests of one guest together: agents ask a few things at once, and what is read here is held in memory. */
const MOST_HELD = 96 * 1024 * 1024

/** Whose requests they are. */
export interface BodyHolder {
  /** Bytes of its bodies that are in memory. */
  held: number
}

/**
 * The body of a request as a whole, which counts as held until the caller takes its length off again. `too_large`: longer
 * than 32 MB. `busy`: the guest holds too much already.
 */
export async function readBody(
  request: IncomingMessage,
  guest: BodyHolder,
): Promise<Buffer | 'too_large' | 'busy'> {
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) return 'too_large'
  const chunks: Buffer[] = []
  let length = 0
  let isWhole = false
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length
      guest.held += chunk.length
      if (length > LONGEST_BODY) return 'too_large'
      if (guest.held > MOST_HELD) return 'busy'
      chunks.push(chunk)
    }
    isWhole = true
    return Buffer.concat(chunks)
  } finally {
    if (!isWhole) guest.held -= length
  }
}
