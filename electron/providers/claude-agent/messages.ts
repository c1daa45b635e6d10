import { z } from 'zod'
import type { FailureKind } from '#shared/provider.ts'
import type { ProviderEvent, StepResult } from '../provider.ts'
import { factsOf } from './tool-facts.ts'

const Block = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  tool_use_id: z.string().optional(),
  is_error: z.boolean().nullish(),
  content: z.unknown().optional(),
})

/** The messages of the SDK that are looked at; all others pass. */
const Message = z.looseObject({
  type: z.string(),
  subtype: z.string().optional(),
  session_id: z.string().optional(),
  message: z
    .looseObject({ content: z.union([z.string(), z.array(Block)]).optional(), model: z.string().optional() })
    .optional(),
  event: z
    .looseObject({
      type: z.string(),
      delta: z
        .looseObject({
          type: z.string().optional(),
          text: z.string().optional(),
          thinking: z.string().optional(),
          stop_reason: z.string().nullish(),
        })
        .optional(),
    })
    .optional(),
  attempt: z.number().optional(),
  max_retries: z.number().optional(),
  retry_delay_ms: z.number().optional(),
  error_status: z.number().nullish(),
})

/** What the SDK puts in place of input that it could not read. */
const UNPARSED = '__unparsedToolInput'

const TokenCount = z.number().nonnegative().catch(0)

/** How a turn ended. Failures of the API are "success" with `is_error`. */
export const Result = z.looseObject({
  type: z.literal('result'),
  subtype: z.string(),
  is_error: z.boolean().default(false),
  api_error_status: z.number().nullish(),
  result: z.string().optional(),
  errors: z.array(z.string()).optional(),
  num_turns: z.number().default(0),
  stop_reason: z.string().nullish(),
  total_cost_usd: z.number().nullish(),
  modelUsage: z
    .record(
      z.string(),
      z.looseObject({
        inputTokens: TokenCount,
        outputTokens: TokenCount,
        cacheReadInputTokens: TokenCount,
        cacheCreationInputTokens: TokenCount,
      }),
    )
    .optional(),
})
export type Result = z.infer<typeof Result>

const KIND_OF_STATUS: Record<number, FailureKind> = {
  400: 'invalid_request',
  401: 'auth',
  402: 'budget',
  403: 'auth',
  404: 'model_unavailable',
  413: 'context_too_long',
  429: 'rate_limit',
  529: 'overloaded',
}

/** What the status of a failed call means; null: there is none. */
export function kindOfStatus(status: number | null | undefined): FailureKind | null {
  if (status === null || status === undefined) return null
  return KIND_OF_STATUS[status] ?? (status >= 500 ? 'server' : 'invalid_request')
}

/** Turns what the SDK tells into events, and remembers which tools are under way. */
export class AgentMessages {
  sessionId: string | null = null
  model: string | null = null
  /** Tool calls in a row whose input was no JSON, though the answer was whole: their model is told, and asked again. */
  unreadable = 0
  #stopReason: string | null = null
  readonly #unparsed = new Set<string>()
  readonly #running = new Map<string, Extract<ProviderEvent, { type: 'tool' }>>()
  readonly #denied = new Set<string>()
  readonly #workspace: string
  readonly #emit: (event: ProviderEvent) => void
  readonly #newId: () => string
  #text: { type: 'text' | 'thinking'; messageId: string } | null = null

  constructor(options: { workspace: string; emit: (event: ProviderEvent) => void; newId: () => string }) {
    this.#workspace = options.workspace
    this.#emit = options.emit
    this.#newId = options.newId
  }

  get isToolRunning(): boolean {
    return this.#running.size > 0
  }

  /** That a tool was refused is known before the SDK calls it failed. */
  markDenied(id: string): void {
    this.#denied.add(id)
  }

  take(raw: unknown): void {
    const parsed = Message.safeParse(raw)
    if (!parsed.success) return
    const { data } = parsed
    if (data.type === 'system') this.#takeSystem(data)
    if (data.type === 'stream_event') this.#say(data.event)
    if (data.type === 'assistant') this.model = data.message?.model ?? this.model
    for (const block of blocksOf(data.message)) {
      if (data.type === 'assistant' && block.type === 'tool_use') this.#begin(block)
      if (data.type === 'user' && block.type === 'tool_result') this.#end(block)
    }
  }

  #takeSystem(data: z.infer<typeof Message>): void {
    if (data.subtype === 'init') this.sessionId = data.session_id ?? null
    if (data.subtype !== 'api_retry') return
    const cause = kindOfStatus(data.error_status) ?? 'network'
    const { attempt = 1, max_retries: max = 1, retry_delay_ms: delayMs = 0 } = data
    this.#emit({ type: 'retry', attempt, max, delayMs: Math.round(delayMs), cause })
  }

  /** Tools that an ended agent left open did not finish. */
  endTools(): void {
    for (const tool of this.#running.values()) this.#emit({ ...tool, status: 'failed' })
    this.#running.clear()
  }

  #say(event: z.infer<typeof Message>['event']): void {
    if (event?.type === 'content_block_start') this.#text = null
    if (event?.type === 'message_delta') this.#stopReason = event.delta?.stop_reason ?? null
    if (!event?.delta) return
    const { type: kind, text, thinking } = event.delta
    const type = kind === 'text_delta' ? 'text' : 'thinking'
    const words = kind === 'text_delta' ? text : kind === 'thinking_delta' ? thinking : ''
    if (!words) return
    if (this.#text?.type !== type) this.#text = { type, messageId: this.#newId() }
    this.#emit({ type, messageId: this.#text.messageId, delta: words })
  }

  #begin({ id, name, input = {} }: z.infer<typeof Block>): void {
    if (!id || !name) return
    if (UNPARSED in input) this.#unparsed.add(id)
    else this.unreadable = 0
    if (name === 'TodoWrite') this.#plan(input)
    const { kind, title, paths } = factsOf(name, input, this.#workspace)
    const event = { type: 'tool' as const, id, name, kind, title, paths, status: 'running' as const }
    this.#running.set(id, event)
    this.#emit(event)
  }

  #end({ tool_use_id: id, is_error: isError, content }: z.infer<typeof Block>): void {
    const tool = id ? this.#running.get(id) : undefined
    if (!id || !tool) return
    this.#running.delete(id)
    if (this.#unparsed.delete(id) && this.#stopReason !== 'max_tokens') this.unreadable += 1
    const status = this.#denied.has(id) ? 'denied' : isError ? 'failed' : 'done'
    this.#emit({ ...tool, status, output: textOf(content).slice(-40_000) })
  }

  #plan(input: Record<string, unknown>): void {
    const Todos = z.object({
      todos: z.array(
        z.object({
          content: z.string(),
          status: z.enum(['pending', 'in_progress', 'completed']).catch('pending'),
        }),
      ),
    })
    const parsed = Todos.safeParse(input)
    if (!parsed.success) return
    const entries = parsed.data.todos
      .slice(0, 200)
      .map(({ content, status }) => ({ text: content.slice(0, 2000), status }))
    this.#emit({ type: 'plan', entries })
  }
}

/** Tokens over all models that the turn used. */
export function usageOf(result: Result): StepResult['usage'] {
  const usage = { input: 0, output: 0, cache_read: 0, cache_write: 0 }
  for (const one of Object.values(result.modelUsage ?? {})) {
    usage.input += Math.round(one.inputTokens)
    usage.output += Math.round(one.outputTokens)
    usage.cache_read += Math.round(one.cacheReadInputTokens)
    usage.cache_write += Math.round(one.cacheCreationInputTokens)
  }
  return usage
}

function blocksOf(message: z.infer<typeof Message>['message']): z.infer<typeof Block>[] {
  return Array.isArray(message?.content) ? message.content : []
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: unknown) => {
      const parsed = Block.safeParse(part)
      return parsed.success ? (parsed.data.text ?? '') : ''
    })
    .join('\n')
}
