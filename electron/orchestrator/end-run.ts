import { toAppError } from '#db/error.ts'
import { endRunningChecks, STEP_CHECKS } from '#db/queries/checks.ts'
import { findExecution } from '#db/queries/executions.ts'
import { settleLostSteps } from '#db/queries/lost-steps.ts'
import { endRunningSteps } from '#db/queries/steps.ts'
import { AppError, UnavailableError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { FailureKind } from '#shared/provider.ts'
import { commitWorkspace } from '../workspaces/commit-workspace.ts'
import { diffSummary } from '../workspaces/diff.ts'
import type { Command } from './decide.ts'
import { moveCard } from './move-card.ts'
import { SandboxUnavailableError } from './note-sandbox.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext, Run } from './run-context.ts'
import { StepFailedError } from './run-step.ts'

/** Why a run was ended from outside. */
export type StopReason = 'cancel' | 'interrupt' | 'pause'

/** Saving the work of an ended run must not take longer, milliseconds. */
const SAVE_MS = 4000

/**
 * Ends an execution that something has ended: the signal, or else the error. The work so far is committed to the branch
 * first: whatever the reason, nothing of it is lost.
 */
export async function endRun(
  ctx: OrchestratorContext,
  id: ExecutionId,
  run: Run | undefined,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (!(await isOurs(ctx, id))) {
    ctx.log.warn({ execution_id: id }, 'another app has taken the execution over; this one lets go of it')
    return
  }
  const command = signal.aborted ? { type: reasonOf(signal) } : failureOf(ctx, id, error)
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
