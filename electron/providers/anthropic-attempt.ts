import type Anthropic from '@anthropic-ai/sdk'
import type { Usage } from '#shared/provider.ts'
import { type CallFailure, classify } from './anthropic-failure.ts'
import type { ProviderHost } from './provider.ts'

/** Makes a client whose every received byte is told to `onBytes`: pings, which the SDK hides, are signs of life. */
export type ClientFactory = (onBytes: () => void) => Anthropic

export type Attempt =
  | { ok: true; message: Anthropic.Message; usage: Usage }
  /** Without a failure it was aborted. */
  | { ok: false; failure: CallFailure | null; status: number | null; usage: Usage }

interface AttemptRequest {
  params: Anthropic.MessageCreateParamsNonStreaming
  /** No byte for this long ends the attempt, milliseconds; nothing but pings for ten times as long does too. */
  idleMs: number
  makeId: () => string
}

const PING_PATIENCE = 10

/**
 * One streamed model call, never repeated. Text is told as it comes. Ends within milliseconds when aborted; every way to
 * fail is in the answer, with the tokens that were used until then: they are paid for.
 */
export async function attemptCall(
  makeClient: ClientFactory,
  request: AttemptRequest,
  host: Pick<ProviderHost, 'signal' | 'emit' | 'duringCall'>,
): Promise<Attempt> {
  const idle = new AbortController()
  const bytes = watchdog(request.idleMs, idle)
  const content = watchdog(request.idleMs * PING_PATIENCE, idle)
  const signal = AbortSignal.any([host.signal, idle.signal])
  const stream = makeClient(bytes.alive).messages.stream(request.params, { signal })
  host.duringCall?.(() => {
    const message = stream.currentMessage
    return message ? { model: message.model, usage: partialUsage(message) } : null
  })
  const ids = { text: request.makeId(), thinking: request.makeId() }
  stream.on('streamEvent', (event) => {
    content.alive()
    if (event.type !== 'content_block_start') return
    ids.text = request.makeId() // each block is a message of its own
    ids.thinking = request.makeId()
  })
  stream.on('text', (delta) => host.emit({ type: 'text', messageId: ids.text, delta }))
  stream.on('thinking', (delta) => host.emit({ type: 'thinking', messageId: ids.thinking, delta }))
  try {
    const message = await stream.finalMessage()
    return { ok: true, message, usage: usageOf(message) }
  } catch (error) {
    const usage = partialUsage(stream.currentMessage)
    if (host.signal.aborted) return { ok: false, failure: null, status: null, usage }
    const failure = idle.signal.aborted ? silence(request.idleMs) : classify(error, Date.now())
    return { ok: false, failure, status: (error as { status?: number }).status ?? null, usage }
  } finally {
    bytes.stop()
    content.stop()
  }
}

function silence(idleMs: number): CallFailure {
  const said = `nothing for ${idleMs / 1000} s.`
  return { kind: 'timeout', said, retryable: true, retryAfterMs: null, requestId: null, isUnpaid: false }
}

function watchdog(ms: number, controller: AbortController): { alive: () => void; stop: () => void } {
  const timer = setTimeout(() => controller.abort(), ms)
  return { alive: () => timer.refresh(), stop: () => clearTimeout(timer) }
}

/** An answer that breaks off has not told its length yet: about four letters are a token. */
function partialUsage(message: Anthropic.Message | undefined): Usage {
  if (!message) return { input: 0, output: 0, cache_read: 0, cache_write: 0 }
  const usage = usageOf(message)
  const letters = message.content.reduce((all, block) => all + lettersOf(block), 0)
  return { ...usage, output: Math.max(usage.output, Math.ceil(letters / 4)) }
}

function lettersOf(block: Anthropic.ContentBlock): number {
  if (block.type === 'text') return block.text.length
  return block.type === 'thinking' ? block.thinking.length : 0
}

function usageOf(message: Anthropic.Message): Usage {
  const { usage } = message
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cache_read: usage.cache_read_input_tokens ?? 0,
    cache_write: usage.cache_creation_input_tokens ?? 0,
  }
}
