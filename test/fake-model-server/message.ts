import { randomUUID } from 'node:crypto'
import type { MessagesRequest, Reply } from './scenario.ts'

const STATUS_OF: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

/** The body and status of an error answer. */
export function errorAnswer(type: string, message: string, requestId: string, status?: number) {
  return {
    status: status ?? STATUS_OF[type] ?? 500,
    body: { type: 'error', error: { type, message }, request_id: requestId },
  }
}

type Content =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'text'; text: string; citations: null }
  | { type: 'tool_use'; id: string; name: string; input: unknown; raw: string }

/** A whole message, as an answer without streaming holds it. */
export function messageOf(reply: Reply, request: MessagesRequest, requestId: string) {
  const content: Content[] = []
  if (reply.thinking) content.push({ type: 'thinking', thinking: reply.thinking, signature: 'c2lnbmF0dXJl' })
  const text = reply.json === undefined ? reply.text : JSON.stringify(reply.json)
  if (text) content.push({ type: 'text', text, citations: null })
  for (const { name, id, input, rawInput } of reply.tools ?? []) {
    const raw = rawInput ?? JSON.stringify(input ?? {})
    content.push({
      type: 'tool_use',
      id: id ?? `toolu_${randomUUID().slice(0, 8)}`,
      name,
      input: input ?? {},
      raw,
    })
  }
  return {
    id: `msg_${requestId}`,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content,
    stop_reason: reply.stop_reason ?? (reply.tools?.length ? 'tool_use' : 'end_turn'),
    stop_sequence: null,
    usage: {
      input_tokens: 100,
      output_tokens: 10,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 0,
      ...reply.usage,
    },
  }
}

/** The events that stream a message, in the order of the real API. */
export function* messageEvents(message: ReturnType<typeof messageOf>, chunkChars: number) {
  const { output_tokens, ...input } = message.usage
  const usage = { ...input, output_tokens: 1 }
  yield { type: 'message_start', message: { ...message, content: [], stop_reason: null, usage } }
  yield { type: 'ping' }
  for (const [index, block] of message.content.entries()) {
    yield { type: 'content_block_start', index, content_block: emptyOf(block) }
    for (const delta of deltasOf(block, chunkChars)) yield { type: 'content_block_delta', index, delta }
    yield { type: 'content_block_stop', index }
  }
  const { stop_reason, stop_sequence } = message
  yield { type: 'message_delta', delta: { stop_reason, stop_sequence }, usage: { ...input, output_tokens } }
  yield { type: 'message_stop' }
}

function emptyOf(block: Content) {
  if (block.type === 'text') return { ...block, text: '' }
  if (block.type === 'thinking') return { type: 'thinking', thinking: '', signature: '' }
  return { type: 'tool_use', id: block.id, name: block.name, input: {} }
}

function* deltasOf(block: Content, size: number) {
  if (block.type === 'text') {
    for (const text of slices(block.text, size)) yield { type: 'text_delta', text }
  } else if (block.type === 'thinking') {
    for (const thinking of slices(block.thinking, size)) yield { type: 'thinking_delta', thinking }
    yield { type: 'signature_delta', signature: block.signature }
  } else {
    for (const partial_json of slices(block.raw, size)) yield { type: 'input_json_delta', partial_json }
  }
}

/** Never cuts a surrogate pair. */
function* slices(text: string, size: number) {
  const letters = Array.from(text)
  for (let at = 0; at < letters.length; at += size) yield letters.slice(at, at + size).join('')
}
