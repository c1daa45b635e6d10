import { findBaseline } from '#db/queries/checks.ts'
import type { StepCheck } from '#shared/check.ts'
import type { StepId } from '#shared/ids.ts'
import { patiently } from '../patiently.ts'
import type { OrchestratorContext, Run } from '../run-context.ts'
import { guardFiles } from './guard-files.ts'
import { type CheckToRun, runCheck } from './run-check.ts'

/** The commands that judge work on this project. */
export function judgingCommands(
  { lint_command, check_command }: Run['project'],
  stepId: StepId,
): CheckToRun[] {
  const wanted: CheckToRun[] = []
  if (lint_command) wanted.push({ kind: 'lint', command: lint_command, stepId })
  if (check_command) wanted.push({ kind: 'test', command: check_command, stepId })
  return wanted
}

/**
 * Runs the checks before the first change, so that what failed already is not blamed on the agents. What is known of the
 * same command on the same commit is not run again.
 */
export async function checkBefore(
  ctx: OrchestratorContext,
  run: Run,
  step: { id: StepId },
  signal: AbortSignal,
): Promise<void> {
  const { baseCommit } = run.workspace
  if (run.row.head_commit !== null && run.row.head_commit !== baseCommit) return
  const unknown: CheckToRun[] = []
  for (const check of judgingCommands(run.project, step.id)) {
    const known = await patiently(ctx, signal, () => findBaseline(ctx.db, baseCommit, check))
    if (!known) unknown.push(check)
  }
  if (unknown.length === 0) return
  await guardFiles(ctx, run, { id: step.id, what: 'checks' }, signal, async () => {
    for (const check of unknown) {
      await runCheck(ctx, run, { ...check, isBefore: true }, signal)
      signal.throwIfAborted()
    }
  })
}

/** Whether each of these failed before the agents began, too. */
export async function failedBefore(
  ctx: OrchestratorContext,
  run: Run,
  failed: readonly StepCheck[],
  signal: AbortSignal,
): Promise<boolean> {
  for (const check of failed) {
    const before = await patiently(ctx, signal, () => findBaseline(ctx.db, run.workspace.baseCommit, check))
    if (!before || before.status === 'passed') return false
  }
  return failed.length > 0
}
