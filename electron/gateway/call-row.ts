import type { Db } from '#db/client.ts'
import type { NewModelCall } from '#db/queries/model-calls.ts'
import { storedTokens } from '#shared/stored-tokens.ts'
import { priceOf } from '../providers/pricing.ts'
import type { CallSubject, EndedCall } from './model-call.ts'
import { findPrice } from './price-book.ts'

/** By our prices, US dollars. Answers bear another name where an alias was asked for. */
export async function costAt(tx: Db, { model, usage }: EndedCall, asked: string): Promise<number | null> {
  if (usage.input + usage.output + usage.cache_read + usage.cache_write === 0) return 0
  const price = (await findPrice(tx, model)) ?? (await findPrice(tx, asked))
  return price ? priceOf(price, usage) : null
}

/** How a call is written down. */
export function callRow(subject: CallSubject, call: EndedCall, cost: number | null): NewModelCall {
  return {
    board_id: subject.boardId,
    task_id: subject.taskId,
    execution_id: subject.executionId,
    step_id: subject.stepId,
    phase: subject.phase,
    provider: subject.provider,
    model: call.model.slice(0, 100),
    input_tokens: storedTokens(call.usage.input),
    output_tokens: storedTokens(call.usage.output),
    cache_read_tokens: storedTokens(call.usage.cache_read),
    cache_write_tokens: storedTokens(call.usage.cache_write),
    cost_usd: cost,
    is_estimate: call.isEstimate ?? false,
    status: call.status,
    duration_ms: Math.round(call.durationMs),
  }
}
