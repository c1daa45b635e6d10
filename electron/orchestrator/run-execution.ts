import { toAppError } from '#db/error.ts'
import { endRunningChecks, STEP_CHECKS } from '#db/queries/checks.ts'
import { findExecution } from '#db/queries/executions.ts'
import { settleLostSteps } from '#db/queries/lost-steps.ts'
import { endRunningSteps } from '#db/queries/steps.ts'
import { assertNever } from '#shared/assert-never.ts'
import { AppError, UnavailableError } from '#shared/errors.ts'
import { isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { FailureKind } from '#shared/provider.ts'
import { commitWorkspace } from '../workspaces/commit-workspace.ts'
import { diffSummary } from '../workspaces/diff.ts'
import type { Command } from './decide.ts'
import type { Due, DueStep } from './interpret.ts'
import { moveCard } from './move-card.ts'
import { NoRoomError } from './no-room.ts'
import { noteSandbox, SandboxUnavailableError } from './note-sandbox.ts'
import { patiently } from './patiently.ts'
import { prepareRun } from './prepare-run.ts'
import { reachGate } from './reach-gate.ts'
import { loadState } from './record.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext, Run } from './run-context.ts'
import { runStep, StepFailedError } from './run-step.ts'
import { dueOf } from './state.ts'
import { takePlace } from './take-place.ts'

/** Why a run was ended from outside. */
export type StopReason = 'cancel' | 'interrupt' | 'pause'

/** Saving the work of an ended run must not take longer, milliseconds. */
const SAVE_MS = 4000

/**
 * Runs an execution to its end: step after step, until nothing is due, it fails, or the signal aborts it. `no_room`: the
 * column in which agents work has filled up meanwhile, and nothing was begun.
 */
export async function runExecution(
  ctx: OrchestratorContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<'over' | 'no_room'> {
  let run: Run | undefined
  try {
    const row = await patiently(ctx, signal, () => findExecution(ctx.db, id))
    if (!row || !isActive(row.status)) return 'over'
    await takePlace(ctx, row, signal)
    run = await prepareRun(ctx, row, signal)
    await noteSandbox(ctx, run, signal)
    for (;;) {
      signal.throwIfAborted()
      const { row: now, state } = await patiently(ctx, signal, () => loadState(ctx.db, id))
      if (state.status !== 'running') return 'over'
      if (!(await goOn(ctx, { ...run, row: now }, dueOf(state), signal))) return 'over'
    }
  } catch (error) {
    if (error instanceof NoRoomError && !signal.aborted) return 'no_room'
    const command = signal.aborted ? { type: reasonOf(signal) } : failureOf(ctx, id, error)
    await endRun(ctx, id, run, command, signal)
    return 'over'
  }
}

/** Does what is due; gives whether more may be due after it. */
async function goOn(ctx: OrchestratorContext, run: Run, due: Due, signal: AbortSignal): Promise<boolean> {
  switch (due.type) {
    case 'steps':
      await runSteps(ctx, run, due.steps, signal)
      return true
    case 'gate':
      await reachGate(ctx, run, due, signal)
      return false
    case 'end':
      await recordOwn(ctx, run.row, { type: 'conclude' }, signal, moveCard)
      return false
    default:
      return assertNever(due)
  }
}

/** All at once; when one cannot go on, the others end with it. */
async function runSteps(
  ctx: OrchestratorContext,
  run: Run,
  steps: readonly DueStep[],
  signal: AbortSignal,
): Promise<void> {
  const together = new AbortController()
  const either = AbortSignal.any([signal, together.signal])
  const failures: unknown[] = []
  await Promise.all(
    steps.map((due) =>
      runStep(ctx, run, due, either).catch((error: unknown) => {
        failures.push(error)
        together.abort('interrupt')
      }),
    ),
  )
  if (failures.length > 0) throw failures[0]
}

/** The work so far is committed to the branch first: whatever the reason, nothing of it is lost. */
async function endRun(
  ctx: OrchestratorContext,
  id: ExecutionId,
  run: Run | undefined,
  command: Command,
  signal: AbortSignal,
): Promise<void> {
  if (!(await isOurs(ctx, id))) {
    ctx.log.warn({ execution_id: id }, 'another app has taken the execution over; this one lets go of it')
    return
  }
  const kept = run ? await saveUnfinished(ctx, run) : {}
  await recordOwn(ctx, id, command, signal, async (recording) => {
    const status =
      command.type === 'cancel' ? 'cancelled' : command.type === 'fail' ? 'failed' : 'interrupted'
    await settleLostSteps(recording.work.tx, id)
    await endRunningSteps(recording.work.tx, id, { status, completed_at: ctx.now() })
    await endRunningChecks(recording.work.tx, { execution: id, kinds: STEP_CHECKS })
    recording.set(kept)
    await moveCard(recording)
  })
}

function reasonOf({ reason }: AbortSignal): StopReason {
  return reason === 'cancel' || reason === 'pause' ? reason : 'interrupt'
}

/** A database that does not answer is no reason to leave work unsaved. */
async function isOurs(ctx: OrchestratorContext, id: ExecutionId): Promise<boolean> {
  const row = await findExecution(ctx.db, id).catch(() => null)
  return row === null || row.owner_id === ctx.instanceId
}

async function saveUnfinished(ctx: OrchestratorContext, run: Run) {
  const { path, baseCommit } = run.workspace
  const signal = AbortSignal.timeout(SAVE_MS)
  const message = `${run.taskKey}: ${run.task.title} (unfinished)\n\nAgent-Rangers-Execution: ${run.row.id}\n`
  try {
    await commitWorkspace({ path, message, signal })
    const diff = await diffSummary({ source: { workspace: path }, baseCommit, signal })
    const { additions, deletions, files } = diff
    return { head_commit: diff.head_commit, files_changed: files.length, additions, deletions }
  } catch (error) {
    ctx.log.warn(
      { err: error, execution_id: run.row.id },
      'unfinished work stays uncommitted in its workspace',
    )
    return {}
  }
}

const RESUME = 'Resume goes on after the last finished step.'

function isOfDatabase({ detail }: AppError): boolean {
  return typeof detail === 'object' && /^(DATABASE_|COMMIT_UNKNOWN|DISK_FULL)/.test(detail.error)
}

function failureOf(ctx: OrchestratorContext, id: ExecutionId, error: unknown): Command {
  const fail = (kind: FailureKind, message: string): Command => ({ type: 'fail', kind, message })
  if (error instanceof StepFailedError) return fail(error.result.failure?.kind ?? 'crashed', error.message)
  if (error instanceof SandboxUnavailableError) return fail('sandbox_unavailable', error.message)
  if (error instanceof AppError && !isOfDatabase(error)) return fail('workspace', error.message)
  ctx.log.error({ err: error, execution_id: id }, 'execution failed')
  const outage = toAppError(error)
  if (outage instanceof UnavailableError) return { type: 'interrupt', message: `${outage.message} ${RESUME}` }
  if (outage) return fail('crashed', `${outage.message} ${RESUME}`)
  return fail(
    'crashed',
    'Something broke while the agents were working. The log has the details; Resume tries again.',
  )
}
