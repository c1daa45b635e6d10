import { listStepFacts } from '#db/queries/steps.ts'
import type { StepCheck } from '#shared/check.ts'
import type { Verdict } from '#shared/execution.ts'
import type { StepId } from '#shared/ids.ts'
import { patiently } from '../patiently.ts'
import { recordOwn } from '../record-own.ts'
import type { OrchestratorContext, Run } from '../run-context.ts'
import { failedBefore, judgingCommands } from './baseline.ts'
import { checkVerdict, isFailed } from './findings.ts'
import { guardFiles } from './guard-files.ts'
import { runCheck } from './run-check.ts'

/** What the project's checks say of a step's work. */
export interface CheckedWork {
  /** Null: the project has none. */
  outcome: 'passed' | 'failed' | null
  /** What failed checks ask of the next round. */
  verdict: Verdict | null
}

/**
 * Runs the project's lint and test commands on what a development or fix step has committed, one after the other, both in
 * any case. Rejects with the signal's reason when it aborts.
 */
export async function afterWork(
  ctx: OrchestratorContext,
  run: Run,
  step: { id: StepId },
  signal: AbortSignal,
): Promise<CheckedWork> {
  const wanted = judgingCommands(run.project, step.id)
  if (wanted.length === 0) return { outcome: null, verdict: null }
  const checks: StepCheck[] = []
  await guardFiles(ctx, run, { id: step.id, what: 'checks' }, signal, async () => {
    for (const one of wanted) {
      checks.push(await runCheck(ctx, run, one, signal))
      signal.throwIfAborted()
    }
  })
  const failed = checks.filter(isFailed)
  if (failed.length === 0) return { outcome: 'passed', verdict: null }
  const before = await failedBefore(ctx, run, failed, signal)
  // Agents are asked once to look at what failed before them; it is not theirs to mend for ever.
  if (before && (await wasAsked(ctx, run, signal))) return leaveToReview(ctx, run, step, signal)
  return { outcome: 'failed', verdict: checkVerdict(failed, before) }
}

async function wasAsked(ctx: OrchestratorContext, run: Run, signal: AbortSignal): Promise<boolean> {
  const steps = await patiently(ctx, signal, () => listStepFacts(ctx.db, run.row.id))
  return steps.some((done) => done.status === 'completed' && done.checks === 'failed')
}

async function leaveToReview(
  ctx: OrchestratorContext,
  run: Run,
  step: { id: StepId },
  signal: AbortSignal,
): Promise<CheckedWork> {
  const text =
    'The checks fail as they did before the agents began. The reviewer is told, and decides about the work.'
  await recordOwn(ctx, run.row.id, { type: 'note' }, signal, async ({ log }) =>
    log({ type: 'notice', level: 'warn', text }, step.id),
  )
  return { outcome: null, verdict: null }
}
