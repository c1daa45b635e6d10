import { z } from 'zod'
import type { PricedUsage, PriceTier } from '../providers/pricing.ts'
import type { Dialect } from './routes.ts'

/** What a piece of an answer tells of its call. */
export interface UsageNews {
  model?: string | undefined
  usage?: Partial<PricedUsage> | undefined
  /** Characters of the answer that came with it. */
  letters?: number
  /** The numbers are final. */
  isFinal?: boolean
}

const count = z.number().int().min(0).nullish().catch(null)
const text = z.string().nullish().catch(null)

const AnthropicUsage = z
  .object({
    input_tokens: count,
    output_tokens: count,
    cache_read_input_tokens: count,
    cache_creation_input_tokens: count,
    cache_creation: z.object({ ephemeral_1h_input_tokens: count }).nullish().catch(null),
    speed: text,
  })
  .nullish()
  .catch(null)
const AnthropicPiece = z.object({
  type: text,
  model: text,
  message: z.object({ model: text, usage: AnthropicUsage }).nullish().catch(null),
  usage: AnthropicUsage,
  delta: z.object({ text, thinking: text, partial_json: text, stop_reason: text }).nullish().catch(null),
})

function anthropic(value: unknown): UsageNews {
  const { type, model, message, usage, delta } = AnthropicPiece.parse(value)
  if (type === 'content_block_delta') {
    const letters = [delta?.text, delta?.thinking, delta?.partial_json].map((one) => one?.length ?? 0)
    return { letters: letters.reduce((all, one) => all + one, 0) }
  }
  const told = message?.usage ?? usage
  return {
    model: message?.model ?? model ?? undefined,
    usage: {
      ...given({
        input: told?.input_tokens,
        output: told?.output_tokens,
        cache_read: told?.cache_read_input_tokens,
        cache_write: told?.cache_creation_input_tokens,
        hour_cache_write: told?.cache_creation?.ephemeral_1h_input_tokens,
      }),
      ...tierOf(told?.speed, 'fast'),
    },
    // `message` without a stream, `message_delta` at the end of one.
    isFinal: type === 'message' || (type === 'message_delta' && Boolean(delta?.stop_reason)),
  }
}

const ResponsesPiece = z.object({
  type: text,
  delta: text,
  object: text,
  model: text,
  usage: z.unknown().optional(),
  service_tier: text,
  response: z
    .object({ model: text, service_tier: text, usage: z.unknown().optional() })
    .nullish()
    .catch(null),
})
const ResponsesUsage = z.object({
  input_tokens: count,
  output_tokens: count,
  input_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
})

function responses(value: unknown): UsageNews {
  const piece = ResponsesPiece.parse(value)
  const whole = piece.object === 'response' ? piece : piece.response
  const told = ResponsesUsage.safeParse(whole?.usage).data
  return {
    model: whole?.model ?? undefined,
    ...(typeof piece.delta === 'string' ? { letters: piece.delta.length } : {}),
    ...(told
      ? withCached(
          told.input_tokens,
          told.input_tokens_details?.cached_tokens,
          told.output_tokens,
          whole?.service_tier,
        )
      : {}),
  }
}

const ChatPiece = z.object({
  model: text,
  service_tier: text,
  choices: z
    .array(z.object({ delta: z.record(z.string(), z.unknown()).nullish().catch(null) }))
    .nullish()
    .catch(null),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
})

function chat(value: unknown): UsageNews {
  const { model, service_tier, choices, usage } = ChatPiece.parse(value)
  return {
    model: model ?? undefined,
    letters: lettersIn(choices?.map(({ delta }) => delta)),
    ...(usage
      ? withCached(
          usage.prompt_tokens,
          usage.prompt_tokens_details?.cached_tokens,
          usage.completion_tokens,
          service_tier,
        )
      : {}),
  }
}

const GeminiPiece = z.object({
  modelVersion: text,
  candidates: z
    .array(z.object({ finishReason: text, content: z.unknown().optional() }))
    .nullish()
    .catch(null),
  usageMetadata: z
    .object({
      promptTokenCount: count,
      toolUsePromptTokenCount: count,
      cachedContentTokenCount: count,
      candidatesTokenCount: count,
      thoughtsTokenCount: count,
    })
    .nullish()
    .catch(null),
})

function gemini(value: unknown): UsageNews {
  // Without server-sent events a stream is one array.
  const {
    modelVersion,
    candidates,
    usageMetadata: told,
  } = GeminiPiece.parse(Array.isArray(value) ? value.at(-1) : value)
  const letters = lettersIn(candidates?.map(({ content }) => content))
  if (!told) return { model: modelVersion ?? undefined, letters }
  const prompt = (told.promptTokenCount ?? 0) + (told.toolUsePromptTokenCount ?? 0)
  const answer = (told.candidatesTokenCount ?? 0) + (told.thoughtsTokenCount ?? 0)
  return {
    model: modelVersion ?? undefined,
    ...withCached(prompt, told.cachedContentTokenCount, answer),
    letters,
    isFinal: candidates?.some(({ finishReason }) => Boolean(finishReason)) ?? false,
  }
}

/** Of all texts in what a model has said: its words, its thoughts, what it gives to tools. */
function lettersIn(said: unknown): number {
  if (typeof said === 'string') return said.length
  if (typeof said !== 'object' || said === null) return 0
  return Object.values(said).reduce((all: number, one) => all + lettersIn(one), 0)
}

/** Where cached tokens are part of the prompt's. */
function withCached(
  prompt: number | null | undefined,
  cached: number | null | undefined,
  answer: number | null | undefined,
  tier?: string | null | undefined,
): UsageNews {
  const cache_read = cached ?? 0
  return {
    usage: {
      input: Math.max(0, (prompt ?? 0) - cache_read),
      output: answer ?? 0,
      cache_read,
      ...tierOf(tier, 'priority'),
    },
    isFinal: true,
  }
}

/** What an answer says of the tier that has served it; nothing is no news. */
function tierOf(told: string | null | undefined, dear: PriceTier): Pick<PricedUsage, 'tier'> {
  return told ? { tier: told === dear ? dear : undefined } : {}
}

const READERS: Readonly<Record<Dialect, (value: unknown) => UsageNews>> = {
  anthropic,
  responses,
  chat,
  gemini,
}

/** What one piece of an answer, as JSON, tells of its call; nothing when it is not what was expected. */
export function readUsage(dialect: Dialect, json: string): UsageNews {
  try {
    return READERS[dialect](JSON.parse(json))
  } catch {
    return {} // [DONE], and what nobody knows
  }
}

function given(
  usage: Record<Exclude<keyof PricedUsage, 'tier'>, number | null | undefined>,
): Partial<PricedUsage> {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => typeof value === 'number'))
}
