import { updateStep } from '#db/queries/steps.ts'
import type { ClarityReport } from '#shared/clarification.ts'
import type { Verdict } from '#shared/execution.ts'
import { runOnAccount } from '../gateway/step-account.ts'
import type { StepResult } from '../providers/provider.ts'
import { parseClarity } from './clarity.ts'
import { openEventLog } from './event-log.ts'
import { parseVerdict, UNREADABLE_VERDICT } from './parse-verdict.ts'
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
}

/**
 * The provider's answer. A verdict or report that cannot be read is asked for once more; a review then counts as changes
 * requested.
 */
export async function askFor(ctx: OrchestratorContext, work: StepWork, signal: AbortSignal): Promise<Answer> {
  const { phase } = work.due
  const first = await ask(ctx, work, NOTHING, false, signal)
  const spent = spentIn(first)
  const plain = { result: first, verdict: null, report: null, spent }
  if (first.status !== 'completed' || (phase !== 'review' && phase !== 'clarity')) return plain
  const read = { verdict: null, report: null, ...readAnswer(phase, first.text) }
  if (read.verdict || read.report) return { ...plain, ...read }
  const second = await ask(ctx, work, spent, true, signal)
  const again = { verdict: null, report: null, ...readAnswer(phase, second.text) }
  const verdict = phase === 'review' ? (again.verdict ?? UNREADABLE_VERDICT) : null
  return { result: second, verdict, report: again.report, spent: addSpent(spent, spentIn(second)) }
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
): Promise<StepResult> {
  const { run, step, provider } = work
  const key = ctx.credentials.key()
  const secrets = key ? [key] : []
  const log = openEventLog(ctx, { executionId: run.row.id, stepId: step.id, secrets, signal })
  try {
    const hears = hearsMessages(work.due.phase)
    const heard: Promise<unknown> = hears ? takeForStep(ctx, work, log, signal) : Promise.resolve()
    const { request, briefing } = await patiently(ctx, signal, () =>
      stepRequest(ctx, work, { isSecondAttempt, heard }, signal),
    )
    const input = {
      input_context: redact(request.prompt, secrets),
      ...(briefing === null ? {} : { briefing }),
    }
    // The agent need not wait for what nobody reads before its answer.
    const kept = patiently(ctx, signal, () => updateStep(ctx.db, step.id, input))
    kept.catch(() => {}) // whoever waits for it below hears of it
    await using host = stepHost(ctx, work, log, soFar, signal)
    const account = { row: run.row, step, provider, onSecret: (secret: string) => void secrets.push(secret) }
    const result = await runOnAccount(ctx, account, host, async (lent) => {
      const answer = await ctx.providers.get(provider).run(request, lent)
      log.flush() // at once with what is counted
      return answer
    })
    await kept
    return blotted(result, secrets)
  } finally {
    await log.close()
  }
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
