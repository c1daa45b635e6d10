import { assertNever } from '#shared/assert-never.ts'
import type { HalfMerged } from '#shared/diff.ts'
import { type ExecutionStatus, type ExecutionSummary, isActive, type Phase } from '#shared/execution.ts'
import { texts } from './texts/texts.ts'

/** The colour family of a state; each has one meaning everywhere. */
export type Tone = 'run' | 'good' | 'warn' | 'bad' | 'done' | 'mute'

export interface StateView {
  tone: Tone
  label: string
  /** Something is moving: show it. */
  isLive: boolean
}

export const PHASE_NAME: Readonly<Record<Phase, string>> = {
  clarity: texts.executionState.lead,
  architecture: texts.executionState.architect,
  development: texts.executionState.developer,
  review: texts.executionState.reviewer,
  fix: texts.executionState.developer,
  gate: texts.executionState.you,
}

/** What the agent of a phase is doing, in one word. */
export const PHASE_VERB: Readonly<Record<Phase, string>> = {
  clarity: texts.executionState.checkingClarity,
  architecture: texts.executionState.planning,
  development: texts.executionState.developing,
  review: texts.executionState.reviewing,
  fix: texts.executionState.fixing,
  gate: texts.executionState.waiting,
}

const HALF_MERGED: Readonly<Record<HalfMerged['direction'], string>> = {
  merge: texts.executionState.mergeStopped,
  revert: texts.executionState.revertStopped,
}

/** How a state of an execution is shown, on the card and in its pane alike. */
export function executionView(
  execution: Pick<
    ExecutionSummary,
    'status' | 'resolution' | 'current_phase' | 'workflow_type' | 'files_changed' | 'failure_kind'
  >,
  /** What of it stopped half-way in a plain folder. */
  half: HalfMerged['direction'] | null = null,
): StateView {
  if (half) return { tone: 'warn', label: HALF_MERGED[half], isLive: false }
  if (execution.resolution === 'merged')
    return { tone: 'done', label: texts.executionState.merged, isLive: false }
  if (execution.resolution === 'discarded')
    return { tone: 'mute', label: texts.executionState.discarded, isLive: false }
  const phase = execution.current_phase
  if (execution.status === 'running' && phase) return { tone: 'run', label: PHASE_VERB[phase], isLive: true }
  if (execution.status === 'completed' && execution.workflow_type === 'architecture_only') {
    return { tone: 'good', label: texts.executionState.planReady, isLive: false }
  }
  // There is nothing to review, so it does not say so.
  if (execution.status === 'completed' && execution.files_changed === 0) {
    return { tone: 'good', label: texts.executionState.noChanges, isLive: false }
  }
  if (isOutOfBudget(execution))
    return { tone: 'warn', label: texts.executionState.outOfBudget, isLive: false }
  return statusView(execution.status)
}

/** A budget has stopped it: nothing is wrong with the work, and more money is all that it needs. */
export function isOutOfBudget({ status, failure_kind }: Pick<ExecutionSummary, 'status' | 'failure_kind'>) {
  return status === 'blocked' && failure_kind === 'budget'
}

function statusView(status: ExecutionStatus): StateView {
  switch (status) {
    case 'pending':
      return { tone: 'mute', label: texts.executionState.queued, isLive: true }
    case 'running':
      return { tone: 'run', label: texts.executionState.beginning, isLive: true }
    case 'awaiting_clarification':
      return { tone: 'warn', label: texts.executionState.hasQuestions, isLive: false }
    case 'awaiting_approval':
      return { tone: 'warn', label: texts.executionState.asksForApproval, isLive: false }
    case 'paused':
      return { tone: 'mute', label: texts.executionState.paused, isLive: false }
    case 'completed':
      return { tone: 'good', label: texts.executionState.readyForReview, isLive: false }
    case 'failed':
      return { tone: 'bad', label: texts.executionState.failed, isLive: false }
    case 'cancelled':
      return { tone: 'mute', label: texts.executionState.cancelled, isLive: false }
    case 'blocked':
      return { tone: 'warn', label: texts.executionState.needsAttention, isLive: false }
    case 'interrupted':
      return { tone: 'warn', label: texts.executionState.interrupted, isLive: false }
    default:
      return assertNever(status)
  }
}

/** What a person may do with an execution now. */
export function executionActions(execution: ExecutionSummary | null): {
  run: boolean
  cancel: boolean
  resume: boolean
  resolve: boolean
  /** The merge can be taken back. */
  revert: boolean
  /** What was discarded can be brought back. */
  restore: boolean
} {
  if (!execution) {
    return { run: true, cancel: false, resume: false, resolve: false, revert: false, restore: false }
  }
  const active = isActive(execution.status)
  const open = execution.resolution === 'none'
  const resumable: readonly ExecutionStatus[] = ['interrupted', 'failed', 'blocked', 'cancelled']
  return {
    run: !active,
    cancel: active,
    resume: open && resumable.includes(execution.status),
    resolve:
      open && !active && execution.workflow_type !== 'architecture_only' && execution.started_at !== null,
    revert: execution.resolution === 'merged',
    // Without one nothing had been made yet.
    restore: execution.resolution === 'discarded' && execution.branch !== null,
  }
}

/** What to do about a failure, without what the service said behind it, for where there is little room. */
export function adviceOf(message: string | null): string | null {
  return message?.split(' It said: ')[0] ?? null
}
