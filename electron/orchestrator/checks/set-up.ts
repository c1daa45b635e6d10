import { stat } from 'node:fs/promises'
import { listChecks } from '#db/queries/checks.ts'
import { listStepFacts } from '#db/queries/steps.ts'
import { RefusedError } from '#shared/errors.ts'
import type { Phase } from '#shared/execution.ts'
import type { StepId } from '#shared/ids.ts'
import { isUntouched } from '../../workspaces/is-untouched.ts'
import { patiently } from '../patiently.ts'
import type { OrchestratorContext, Run } from '../run-context.ts'
import { outcomeText } from './findings.ts'
import { guardFiles } from './guard-files.ts'
import { runCheck } from './run-check.ts'

/**
 * Prepares a new workspace by the project's set-up command, once, before the first step that edits. Throws RefusedError
 * SETUP_FAILED when the command fails: nothing is paid for in a workspace where nothing works.
 */
export async function setUpWorkspace(
  ctx: OrchestratorContext,
  run: Run,
  step: { id: StepId },
  signal: AbortSignal,
): Promise<void> {
  const command = run.project.setup_command
  if (!command || (await isSetUp(ctx, run, command, signal))) return
  const isConfined = !(await isAsPeopleLeftIt(ctx, run, signal))
  let failure: string | null = null
  await guardFiles(ctx, run, { id: step.id, what: 'set-up' }, signal, async () => {
    const check = await runCheck(ctx, run, { kind: 'setup', command, stepId: step.id, isConfined }, signal)
    signal.throwIfAborted()
    if (check.status !== 'passed') failure = outcomeText(check)
  })
  if (failure === null) return
  throw new RefusedError(
    'SETUP_FAILED',
    `The project’s set-up ${failure} Its output is with the checks. Correct the set-up command in the board’s settings, or leave it empty, then resume.`,
  )
}

/**
 * Whether no agent has had a hand in what the set-up runs. One has in work that is taken up again: by a review of its own, on
 * another computer, or under a command that has changed since.
 */
async function isAsPeopleLeftIt(ctx: OrchestratorContext, run: Run, signal: AbortSignal): Promise<boolean> {
  const { path, branch, baseCommit } = run.workspace
  const steps = await patiently(ctx, signal, () => listStepFacts(ctx.db, run.row.id))
  if (steps.some(({ phase, status }) => isWork(phase) && status === 'completed')) return false
  return isUntouched(path, { branch, commit: baseCommit }, signal)
}

function isWork(phase: Phase): boolean {
  return phase === 'development' || phase === 'fix'
}

/** By this command, since the workspace was made; one that was made anew is prepared anew. */
async function isSetUp(
  ctx: OrchestratorContext,
  run: Run,
  command: string,
  signal: AbortSignal,
): Promise<boolean> {
  const made = await stat(`${run.workspace.path}.json`).catch(() => null)
  const checks = await patiently(ctx, signal, () => listChecks(ctx.db, run.row.id))
  return checks.some(
    (check) =>
      check.kind === 'setup' &&
      check.status === 'passed' &&
      check.command === command &&
      (!made || check.created_at >= made.mtime),
  )
}
