import { type FailureKind, providerName } from '#shared/provider.ts'
import type { OutputTail } from '../../platform/output-tail.ts'
import { failureSentence, kindOfWords, mayPass } from '../acp/failure-words.ts'
import type { ProviderHost, StepFailure, StepResult } from '../provider.ts'
import { type AgentMessages, kindOfStatus, Result, usageOf } from './messages.ts'

export const NAME = providerName('claude-agent')

/** Of a step that never came to an answer. */
export const NOTHING: StepResult = {
  status: 'failed',
  text: '',
  turns: 0,
  usage: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
  costUsd: null,
  model: null,
}

/** A step that never came to an answer, and why. */
export function failed(kind: FailureKind, message: string): StepResult {
  return { ...NOTHING, failure: { kind, message, retryable: mayPass(kind) } }
}

/** How a step ended: by the last result, by what was thrown instead of one, or by nothing at all. */
export function judge(
  end: unknown,
  {
    host,
    messages,
    model,
    errors,
  }: { host: ProviderHost; messages: AgentMessages; model: string | null; errors: OutputTail },
): StepResult {
  const session = messages.sessionId ? { sessionId: messages.sessionId } : {}
  const base = { ...NOTHING, ...session, model: messages.model ?? model }
  if (host.signal.aborted) return { ...base, status: 'cancelled' }
  const kindOfEnd = end === 'silent' ? 'timeout' : end === 'unreadable' ? 'bad_output' : null
  if (kindOfEnd) return { ...base, ...failed(kindOfEnd, failureSentence(NAME, kindOfEnd, '')), ...session }
  const result = Result.safeParse(end)
  if (!result.success) {
    const said = end instanceof Error ? end.message : lastLines(errors)
    const kind = kindOfWords(said) ?? 'crashed'
    return { ...base, ...failed(kind, failureSentence(NAME, kind, said)), ...session }
  }
  const { data } = result
  const whole = {
    ...base,
    text: data.result ?? '',
    turns: data.num_turns,
    usage: usageOf(data),
    costUsd: data.total_cost_usd ?? null,
  }
  const failure = failureOf(data)
  return failure ? { ...whole, status: 'failed', failure } : { ...whole, status: 'completed' }
}

const KIND_OF_SUBTYPE: Record<string, FailureKind> = {
  error_max_turns: 'max_turns',
  error_max_budget_usd: 'budget',
  error_max_structured_output_retries: 'bad_output',
}

const KIND_OF_STOP: Record<string, FailureKind> = {
  refusal: 'refusal',
  max_tokens: 'max_tokens',
  model_context_window_exceeded: 'context_too_long',
}

function failureOf(result: Result): StepFailure | null {
  const stop = KIND_OF_STOP[result.stop_reason ?? '']
  if (!result.is_error && result.subtype === 'success' && !stop) return null
  const said = result.result || (result.errors ?? []).join(' ')
  const kind =
    stop ??
    KIND_OF_SUBTYPE[result.subtype] ??
    kindOfStatus(result.api_error_status) ??
    kindOfWords(said) ??
    'crashed'
  return { kind, message: failureSentence(NAME, kind, said), retryable: mayPass(kind) }
}

function lastLines(errors: OutputTail): string {
  return errors.text().trim().split('\n').slice(-4).join(' ')
}
