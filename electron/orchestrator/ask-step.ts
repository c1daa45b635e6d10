import { updateStep } from '#db/queries/steps.ts'
import type { ClarityReport } from '#shared/clarification.ts'
import type { Verdict } from '#shared/execution.ts'
import { UNREADABLE_VERDICT } from '#shared/unreadable-verdict.ts'
import { type OnAccount, runOnAccount } from '../gateway/step-account.ts'
import type { StepResult } from '../providers/provider.ts'
import { parseClarity } from './clarity.ts'
import { type EventLog, openEventLog } from './event-log.ts'
import { parseVerdict } from './parse-verdict.ts'
import { patiently } from './patiently.ts'
import { redact } from './redact.ts'
import type { OrchestratorContext, StepWork } from './run-context.ts'
import { addSpent, NOTHING, type Spent } from './spending.ts'
import { stepHost } from './step-host.ts'
import { stepRequest } from './step-input.ts'
import { hearsMessages, takeForStep } from './step-messages.ts'

export interface Answer {
  result: StepResult
  verdict: Verdict | null
  /** Null when the clarity check could not be read. */
  report: ClarityReport | null
  /** By this step alone. */
  spent: Spent
  /**
   * Settles when all that the agent did and used is stored, or cannot be. A step must not end before: its last words come
   * after those of its agent, and what it used is counted once.
   */
  stored: Promise<unknown>
}

/**
 * The provider's answer. A verdict or report that cannot be read is asked for once more; a review then counts as changes
 * requested.
 */
export async function askFor(ctx: OrchestratorContext, work: StepWork, signal: AbortSignal): Promise<Answer> {
  const { phase } = work.due
  const { result: first, stored } = await ask(ctx, work, NOTHING, false, signal)
  const spent = spentIn(first)
  const plain = { result: first, verdict: null, report: null, spent, stored }
  if (first.status !== 'completed' || (phase !== 'review' && phase !== 'clarity')) return plain
  const read = { verdict: null, report: null, ...readAnswer(phase, first.text) }
  if (read.verdict || read.report) return { ...plain, ...read }
  await stored
  const { result: second, stored: last } = await ask(ctx, work, spent, true, signal)
  const again = { verdict: null, report: null, ...readAnswer(phase, second.text) }
  const verdict = phase === 'review' ? (again.verdict ?? UNREADABLE_VERDICT) : null
  const both = addSpent(spent, spentIn(second))
  return { result: second, verdict, report: again.report, spent: both, stored: last }
}

function readAnswer(phase: 'review' | 'clarity', text: string): Partial<Answer> {
  return phase === 'review' ? { verdict: parseVerdict(text) } : { report: parseClarity(text) }
}

async function ask(
  ctx: OrchestratorContext,
  work: StepWork,
  soFar: Spent,
  isSecondAttempt: boolean,
  signal: AbortSignal,
): Promise<Pick<Answer, 'result' | 'stored'>> {
  const key = ctx.credentials.key()
  const secrets = key ? [key] : []
  const log = openEventLog(ctx, { executionId: work.run.row.id, stepId: work.step.id, secrets, signal })
  try {
    const { result, counted } = await converse(ctx, work, { log, secrets, soFar, isSecondAttempt }, signal)
    const stored = counted.finally(() => log.close())
    stored.catch(() => {}) // whoever ends the step hears of it
    return { result: blotted(result, secrets), stored }
  } catch (error) {
    await log.close()
    throw error
  }
}

interface Conversation {
  log: EventLog
  /** What must not show in what is stored; more may become known. */
  secrets: string[]
  /** By this step, before what it is asked now. */
  soFar: Spent
  isSecondAttempt: boolean
}

async function converse(
  ctx: OrchestratorContext,
  work: StepWork,
  { log, secrets, soFar, isSecondAttempt }: Conversation,
  signal: AbortSignal,
): Promise<OnAccount> {
  const { run, step, provider } = work
  await using host = stepHost(ctx, work, log, soFar, signal)
  const hears = hearsMessages(work.due.phase)
  const heard: Promise<unknown> = hears ? takeForStep(ctx, work, log, signal) : Promise.resolve()
  let kept: Promise<unknown> = Promise.resolve()
  const prepare = async () => {
    const { request, briefing } = await patiently(ctx, signal, () =>
      stepRequest(ctx, work, { isSecondAttempt, heard }, signal),
    )
    const input_context = redact(request.prompt, secrets)
    const input = briefing === null ? { input_context } : { input_context, briefing }
    // The agent need not wait for what nobody reads before its answer.
    kept = patiently(ctx, signal, () => updateStep(ctx.db, step.id, input))
    kept.catch(() => {}) // whoever waits for it below hears of it
    return request
  }
  const account = { row: run.row, step, provider, onSecret: (secret: string) => void secrets.push(secret) }
  const { result, counted } = await runOnAccount(ctx, account, host, prepare(), async (request, lent) => {
    const answer = await ctx.providers.get(provider).run(request, lent)
    log.flush() // at once with what is counted
    return answer
  })
  const all = counted.finally(() => kept)
  all.catch(() => {}) // whoever ends the step hears of it; the host may take its time to end
  return { result, counted: all }
}

function spentIn({ usage, costUsd }: StepResult): Spent {
  return { usage, costUsd }
}

/** A service may repeat the key in its refusal. */
function blotted(result: StepResult, secrets: readonly string[]): StepResult {
  const text = redact(result.text, secrets)
  if (!result.failure) return { ...result, text }
  const message = redact(result.failure.message, secrets)
  return { ...result, text, failure: { ...result.failure, message } }
}
