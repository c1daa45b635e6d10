import { type FailureKind, providerName } from '#shared/provider.ts'
import type { OutputTail } from '../../platform/output-tail.ts'
import { failureSentence, kindOfWords, mayPass } from '../acp/failure-words.ts'
import type { ProviderHost, StepFailure, StepResult } from '../provider.ts'
import { type AgentMessages, kindOfStatus, Result, usageOf } from './messages.ts'
import type { ToldUsage } from './told-usage.ts'

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

/** What a step's conversation has come to, beside its end. */
export interface Conversed {
  host: Pick<ProviderHost, 'signal'>
  messages: Pick<AgentMessages, 'sessionId' | 'model'>
  /** As it was asked for. */
  model: string | null
  errors: OutputTail
  used: Pick<ToldUsage, 'usage' | 'costUsd'>
}

/** How a step ended: by the last result, by what was thrown instead of one, or by nothing at all. */
export function judge(end: unknown, conversed: Conversed): StepResult {
  const soFar = withoutResult(conversed)
  if (conversed.host.signal.aborted) return { ...soFar, status: 'cancelled' }
  if (end === 'silent') return given(soFar, 'timeout', '')
  if (end === 'unreadable') return given(soFar, 'bad_output', '')
  const result = Result.safeParse(end)
  if (result.success) return byResult(soFar, result.data)
  const said = end instanceof Error ? end.message : lastLines(conversed.errors)
  return given(soFar, kindOfWords(said) ?? 'crashed', said)
}

/** What it has used is known all the same: it is paid for. */
function withoutResult({ messages, model, used }: Conversed): StepResult {
  return {
    ...NOTHING,
    ...(messages.sessionId ? { sessionId: messages.sessionId } : {}),
    model: messages.model ?? model,
    usage: used.usage,
    costUsd: used.costUsd,
  }
}

function given(soFar: StepResult, kind: FailureKind, said: string): StepResult {
  const message = failureSentence(NAME, kind, said)
  return { ...soFar, status: 'failed', failure: { kind, message, retryable: mayPass(kind) } }
}

/** Its own sum has the last word, where it tells one. */
function byResult(soFar: StepResult, result: Result): StepResult {
  const whole = {
    ...soFar,
    text: result.result ?? '',
    turns: result.num_turns,
    usage: result.modelUsage ? usageOf(result) : soFar.usage,
    costUsd: result.total_cost_usd ?? soFar.costUsd,
  }
  const failure = failureOf(result)
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
