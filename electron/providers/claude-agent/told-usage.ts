import { z } from 'zod'
import type { Usage } from '#shared/provider.ts'
import { costOf } from '../pricing.ts'

const count = z.number().nonnegative().nullish().catch(null)
const Told = z
  .object({
    input_tokens: count,
    output_tokens: count,
    cache_read_input_tokens: count,
    cache_creation_input_tokens: count,
    speed: z.string().nullish().catch(null),
  })
  .nullish()
  .catch(null)
const Message = z
  .object({ id: z.string(), model: z.string().nullish().catch(null), usage: Told })
  .nullish()
  .catch(null)

/** What the SDK passes on of an answer: the answer itself, a block at a time, and the events of its stream. */
const Piece = z.object({
  type: z.string(),
  parent_tool_use_id: z.string().nullish().catch(null),
  message: Message,
  event: z.object({ type: z.string(), message: Message, usage: Told }).nullish().catch(null),
})

interface Answer {
  model: string | null
  isFast: boolean
  usage: Usage
}

const NONE: Usage = { input: 0, output: 0, cache_read: 0, cache_write: 0 }

/**
 * What an agent on a login of its own has used, as it goes: by what each answer of its model tells, which comes several times
 * and grows; each answer counts once. Its result has the last word; an agent that is ended before has none.
 */
export class ToldUsage {
  /** By the ids of the API. */
  readonly #answers = new Map<string, Answer>()
  /** The answer that comes now: of the agent itself, and of each that it has sent out. */
  readonly #present = new Map<string | null, string>()

  /** Gives whether something new was told. */
  take(raw: unknown): boolean {
    const parsed = Piece.safeParse(raw)
    if (!parsed.success) return false
    const { type, parent_tool_use_id: by = null, message, event } = parsed.data
    if (type === 'assistant' && message) return this.#learn(message.id, message.usage, message.model)
    if (type !== 'stream_event' || !event) return false
    if (event.message) {
      this.#present.set(by, event.message.id)
      return this.#learn(event.message.id, event.message.usage, event.message.model)
    }
    const id = this.#present.get(by)
    return id !== undefined && this.#learn(id, event.usage, null)
  }

  /** Over all answers. */
  get usage(): Usage {
    return [...this.#answers.values()].reduce((sum, { usage }) => merged(sum, usage, plus), NONE)
  }

  /** At our prices, US dollars; null when one of the models has none. A subscription may have paid it. */
  get costUsd(): number | null {
    let sum = 0
    for (const { model, usage, isFast } of this.#answers.values()) {
      const cost = model === null ? null : costOf(model, isFast ? { ...usage, tier: 'fast' } : usage)
      if (cost === null) return null
      sum += cost
    }
    return sum
  }

  #learn(id: string, told: z.infer<typeof Told>, model: string | null | undefined): boolean {
    if (!told) return false
    const before = this.#answers.get(id) ?? { model: null, isFast: false, usage: NONE }
    const now = {
      input: Math.round(told.input_tokens ?? 0),
      output: Math.round(told.output_tokens ?? 0),
      cache_read: Math.round(told.cache_read_input_tokens ?? 0),
      cache_write: Math.round(told.cache_creation_input_tokens ?? 0),
    }
    const usage = merged(before.usage, now, Math.max)
    const isFast = told.speed ? told.speed === 'fast' : before.isFast
    this.#answers.set(id, { model: model ?? before.model, isFast, usage })
    return JSON.stringify(usage) !== JSON.stringify(before.usage)
  }
}

const plus = (a: number, b: number) => a + b

function merged(a: Usage, b: Usage, by: (a: number, b: number) => number): Usage {
  return {
    input: by(a.input, b.input),
    output: by(a.output, b.output),
    cache_read: by(a.cache_read, b.cache_read),
    cache_write: by(a.cache_write, b.cache_write),
  }
}
