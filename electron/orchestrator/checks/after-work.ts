import type { StepCheck } from '#shared/check.ts'
import type { Verdict } from '#shared/execution.ts'
import type { StepId } from '#shared/ids.ts'
import type { OrchestratorContext, Run } from '../run-context.ts'
import { checkVerdict } from './findings.ts'
import { guardFiles } from './guard-files.ts'
import { type CheckToRun, runCheck } from './run-check.ts'

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
  const { lint_command, check_command } = run.project
  const wanted: CheckToRun[] = []
  if (lint_command) wanted.push({ kind: 'lint', command: lint_command, stepId: step.id })
  if (check_command) wanted.push({ kind: 'test', command: check_command, stepId: step.id })
  if (wanted.length === 0) return { outcome: null, verdict: null }
  const checks: StepCheck[] = []
  await guardFiles(ctx, run, { id: step.id, what: 'checks' }, signal, async () => {
    for (const one of wanted) {
      checks.push(await runCheck(ctx, run, one, signal))
      signal.throwIfAborted()
    }
  })
  const verdict = checkVerdict(checks)
  return { outcome: verdict ? 'failed' : 'passed', verdict }
}
