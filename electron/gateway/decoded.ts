import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * An answer as it can be read: it was asked for without compression, but what stands between us and the API may compress it
 * all the same. What nobody knows is left as it is.
 */
export function decoded(answer: IncomingMessage): { headers: IncomingHttpHeaders; body: Readable } {
  const { 'content-encoding': encoding = '', 'content-length': _length, ...headers } = answer.headers
  const decoder = DECODERS[encoding.trim().toLowerCase()]?.()
  if (!decoder) return { headers: answer.headers, body: answer }
  pipeline(answer, decoder, () => {}) // whoever reads on hears of an error
  return { headers, body: decoder }
}
