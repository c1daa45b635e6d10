import type Anthropic from '@anthropic-ai/sdk'
import { BudgetError } from '#shared/errors.ts'
import { type Attempt, attemptCall, type ClientFactory } from './anthropic-attempt.ts'
import { type CallFailure, stepFailure } from './anthropic-failure.ts'
import { costOf } from './pricing.ts'
import type { ProviderHost, StepFailure, StepLimits } from './provider.ts'
import type { Tally } from './tally.ts'
import { waitText } from './wait-text.ts'

export interface CallTools {
  makeClient: ClientFactory
  newId: () => string
  /** Waits so many milliseconds; rejects when aborted. */
  delay: (ms: number, signal: AbortSignal) => Promise<void>
  /** Chance, from 0 to 1. */
  random: () => number
}

export type CallResult = { ok: true; message: Anthropic.Message } | { ok: false; failure: StepFailure }

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/**
 * One model call, repeated after failures that pass (408, 409, 429, 5xx, 529, broken, cut and silent streams) up
 * to `limits.maxRetries` times, each repetition told before its wait. A `retry-after` is obeyed up to
 * `limits.maxRetryDelayMs`; a longer one ends the step. Throws the signal's reason when aborted.
 */
export async function callModel(
  params: Anthropic.MessageCreateParamsNonStreaming,
  limits: StepLimits,
  tally: Tally,
  tools: CallTools,
  host: ProviderHost,
): Promise<CallResult> {
  for (let attempt = 1; ; attempt += 1) {
    const refusal = await budgetRefusal(params.model, host)
    if (refusal) return { ok: false, failure: refusal }
    const result = await attemptAndCount(params, limits, tally, tools, host)
    if (result.ok) return result
    const { failure } = result
    if (!failure) throw host.signal.reason
    const delayMs = waitBefore(attempt, failure, tools.random())
    const last = lastFailure(failure, { attempt, delayMs }, limits)
    if (last) return { ok: false, failure: last }
    host.emit({ type: 'retry', attempt, max: limits.maxRetries, delayMs, cause: failure.kind })
    await waitToRetry(delayMs, tools, host)
  }
}

async function waitToRetry(delayMs: number, tools: CallTools, host: ProviderHost): Promise<void> {
  const wait = (signal: AbortSignal) => tools.delay(delayMs, AbortSignal.any([host.signal, signal]))
  await (host.waitToRetry ? host.waitToRetry(wait) : wait(host.signal))
  host.signal.throwIfAborted()
}

async function attemptAndCount(
  params: Anthropic.MessageCreateParamsNonStreaming,
  limits: StepLimits,
  tally: Tally,
  tools: CallTools,
  host: ProviderHost,
): Promise<Attempt> {
  const request = { params, idleMs: limits.idleMs, makeId: tools.newId }
  const started = performance.now()
  const result = await attemptCall(tools.makeClient, request, host)
  const model = result.ok ? result.message.model : params.model
  const durationMs = performance.now() - started
  tally.add(result.usage, await countCall(result, { model, asked: params.model, durationMs }, host))
  host.emit({ type: 'usage', usage: tally.usage, costUsd: tally.costUsd, model })
  return result
}

/** The failure of the step when the call is not to be repeated; null: it is. */
function lastFailure(
  failure: CallFailure,
  { attempt, delayMs }: { attempt: number; delayMs: number },
  limits: StepLimits,
): StepFailure | null {
  if (!failure.retryable) return stepFailure(failure)
  if (attempt > limits.maxRetries) return stepFailure(failure, ` (${attempt} attempts.)`)
  if (delayMs <= limits.maxRetryDelayMs) return null
  return stepFailure(failure, ` It asks to wait ${waitText(delayMs)}.`)
}

/** Why the next call is not paid for; null: it is. */
async function budgetRefusal(model: string, host: ProviderHost): Promise<StepFailure | null> {
  try {
    await host.beforeCall?.(model)
    return null
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error
    return { kind: 'budget', message: error.message, retryable: false }
  }
}

/** Has a call written down, and gives its cost. Answers bear another name where an alias was asked for. */
async function countCall(
  result: Attempt,
  { model, asked, durationMs }: { model: string; asked: string; durationMs: number },
  host: ProviderHost,
): Promise<number | null> {
  const { usage } = result
  const status = result.ok ? 200 : result.status
  if (host.afterCall) return host.afterCall({ model, usage, status, durationMs })
  return costOf(model, usage) ?? costOf(asked, usage)
}

/** What the service asks for, else twice as long each time, less up to a quarter so that apps do not move in step. */
function waitBefore(attempt: number, failure: CallFailure, chance: number): number {
  if (failure.retryAfterMs !== null) return failure.retryAfterMs
  const longest = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS)
  return Math.round(longest * (1 - chance / 4))
}
